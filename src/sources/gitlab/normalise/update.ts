import { type Change, facetsOf, type Topic, topicParts, topicTold } from '../../../telling/hosting/topic.ts';
import { headlineOf } from '../../../telling/hosting/words.ts';
import type { Told } from '../../../telling/told.ts';
import { enumerated, spaced } from '../../../text/words.ts';
import { wordsOfKey } from './changes.ts';
import type { GitlabEvent } from './event.ts';
import { settingChanged } from './settings.ts';

/** What one `update` says: a reviewer's verdict has words of its own. */
interface PlainUpdate {
  readonly change: Change | null;
  readonly others: readonly string[];
}

type Done = 'opened' | 'merged' | 'closed' | 'reopened';

/** GitLab's names of what is done to them, and what it is called here. */
const DONE: Readonly<Record<string, Done>> = { open: 'opened', merge: 'merged', close: 'closed', reopen: 'reopened' };

export function doneBy(sent: string | null): Done | null {
  return (Object.hasOwn(DONE, sent ?? '') ? DONE[sent ?? ''] : undefined) ?? null;
}

/** With what changed beside it. */
export function updated(event: GitlabEvent, topic: Topic, { change, others }: PlainUpdate): Told {
  const setting = change === null ? settingChanged(event.payload, topic.noun) : null;
  const left = others.filter((other) => setting === null || other !== wordsOfKey(setting.key));
  const also = enumerated(left, 5);
  if (change !== null) {
    const told = topicTold(topic, change);
    return { ...told, facts: [...(told.facts ?? []), also && `also changed: ${also}`] };
  }
  return {
    ...topicParts(topic),
    headline: headlineOf(topic, 'updated'),
    did: setting?.did ?? 'updated {it}',
    facts: [also && `${setting === null ? 'changed' : 'also changed'}: ${also}`],
    sum: { noun: `${topic.noun} update`, part: null, alone: null },
    facets: facetsOf(topic),
  };
}

/** Only a webhook that is tried with a button sends one without an action; one that GitLab invents later is told plainly. */
export function tested({ action }: GitlabEvent, topic: Topic): Told {
  const about = { ...topicParts(topic), facets: facetsOf(topic) };
  if (action === null) return { ...about, headline: 'Webhook tested', did: 'tested the webhook with {it}' };
  return { ...about, headline: headlineOf(topic, spaced(action)) };
}
