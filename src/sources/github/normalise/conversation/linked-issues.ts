import type { Counted, Tone } from '../../../../model/activity.ts';
import { numberOrNull, type Payload, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { capitalised, spaced } from '../../../../text/words.ts';
import type { Family, FamilyOutput } from '../family.ts';
import { told, type Words } from '../words.ts';
import { isHere, linkMade, type Other, otherIssue } from './issue-links.ts';
import { issueTopic, partsOf, subjectOf } from './topic.ts';

/** How a link between two issues is told by one of GitHub's two events for it. */
export interface Side {
  /** The field that holds the issue it is told of, and the one that holds the other. */
  readonly it: string;
  readonly other: string;
  readonly headline: string;
  /** `other` is `issue #14`. */
  readonly did: (other: string) => string;
  readonly tone?: Tone;
  readonly fact?: (payload: Payload) => string | null;
  /** The same from both sides. */
  readonly happening: string;
  /** The action that tells it better, where both issues are in this repository. */
  readonly mirror?: string;
}

/**
 * Both events come, to the same hook where both issues are in one repository: then worded alike, and told once.
 * `noun`: what such a link is counted as.
 */
export function linkedIssues(noun: Counted, byAction: Readonly<Record<string, Side>>): Family {
  const sides = new Map(Object.entries(byAction));
  return (payload): FamilyOutput => {
    const action = textOrNull(payload, 'action');
    const sent = sides.get(action ?? '');
    const mirror = sent?.mirror === undefined || !isHere(payload, sent.other) ? undefined : sides.get(sent.mirror);
    const side = mirror ?? sent ?? [...sides.values()].find(({ it }) => isThere(payload, it));
    const plain: Words = {
      headline: sent?.headline ?? (capitalised(spaced(action ?? '')) || 'Issues linked'),
      did: null,
      tone: 'neutral',
    };
    if (side === undefined || !isThere(payload, side.it)) return { ...told(action, plain), subject: null };
    const topic = issueTopic(payload, side.it);
    const other = otherIssue(payload, side.other);
    return {
      ...told(action, sent === undefined ? plain : wordsOf(side, other)),
      subject: subjectOf(payload, topic),
      facts: [other?.named ?? null, side.fact?.(payload) ?? null],
      sum:
        sent === undefined
          ? null
          : { noun, part: action?.endsWith('removed') === true ? 'removed' : 'added', alone: null },
      ...partsOf(payload, topic),
      occurredAt: timeOrNull(payload, `${side.it}.updated_at`),
      happening: sent === undefined ? null : linkMade(payload, side.happening, side.it, side.other),
    };
  };
}

function wordsOf({ headline, did, tone = 'neutral' }: Side, other: Other | null): Words {
  return { headline, did: did(other === null ? 'another issue' : `issue ${other.handle}`), tone };
}

function isThere(payload: Payload, path: string): boolean {
  return numberOrNull(payload, `${path}.number`) !== null;
}
