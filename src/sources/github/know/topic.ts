import type { Fact } from '../../../model/known/card.ts';
import { factsAt, ranked, type Said } from '../../../model/known/said.ts';
import {
  linkOrNull,
  numberOrNull,
  type Payload,
  read,
  textOrNull,
  textsIn,
  timeOrNull,
} from '../../../shared/payload.ts';

/** GitHub has a hundred labels of one thing at most. */
const MOST_NAMED = 100;
/** What undoes what was closed within the same second. */
const UNDOES = 'reopened';
/** With them it is as new as one that was just opened: nobody could do anything about it before. */
const BEGINNINGS: ReadonlySet<string> = new Set([UNDOES, 'ready_for_review', 'converted_to_draft']);

export type State = 'open' | 'draft' | 'merged' | 'closed';

/** What is known of an issue or a pull request from its snapshot, as nearly every event about it has one. */
export interface Snapshot {
  /** `issue` or `pull_request`: its field in the payload. */
  readonly root: string;
  readonly noun: 'issue' | 'pull request';
  /** Undefined: the snapshot does not tell. */
  readonly state: State | undefined;
  readonly comments: number | undefined;
  /** What happened, said of its sender: `merged it`. Null: nothing that a card says. */
  readonly did: string | null;
  /** When `did` was, ms since 1970. Null: when the snapshot was last changed. */
  readonly didAt: number | null;
  /** What is said of it beside. */
  readonly more?: Said;
}

/**
 * Every snapshot says all of it, as of its `updated_at`: an event that comes late, or a comment's older snapshot, changes nothing that a
 * newer one said. In one second what it was opened with comes first, and its end last.
 */
export function snapshotFacts(payload: Payload, snapshot: Snapshot): readonly Fact[] {
  const { root, noun, state } = snapshot;
  const topic = read(payload, root);
  const number = numberOrNull(topic, 'number') ?? numberOrNull(payload, 'number');
  const action = textOrNull(payload, 'action');
  const changed = timeOrNull(topic, 'updated_at');
  const rank = action === 'opened' ? 0 : 1;
  const isEnd = state === 'merged' || state === 'closed';
  const stateRank = action === UNDOES ? 3 : isEnd ? 2 : rank;
  return [
    ...factsAt(ranked(changed, rank), {
      title: textOrNull(topic, 'title') ?? undefined,
      url: linkOrNull(topic, 'html_url') ?? undefined,
      noun,
      handle: number === null ? undefined : `#${number}`,
      place: textOrNull(payload, 'repository.full_name') ?? undefined,
      author: textOrNull(topic, 'user.login') ?? undefined,
      labels: namesIn(topic, 'labels', 'name'),
      assignees: namesIn(topic, 'assignees', 'login'),
      comments: snapshot.comments,
      ...snapshot.more,
    }),
    ...factsAt(ranked(changed, stateRank), { state }),
    ...openedAt(BEGINNINGS.has(action ?? '') ? ranked(changed, stateRank) : timeOrNull(topic, 'created_at')),
    ...latest(payload, snapshot, ranked(changed, stateRank)),
  ];
}

/** By its receipt, what says no time would count as the newest. */
function openedAt(at: number | null): readonly Fact[] {
  return at === null ? [] : factsAt(at, { opened: true });
}

/** Names in a list. Undefined where there is no list: an empty one says that there are none. */
export function namesIn(topic: unknown, path: string, field: string): readonly string[] | undefined {
  return Array.isArray(read(topic, path)) ? textsIn(topic, path, field).slice(0, MOST_NAMED) : undefined;
}

function latest(payload: Payload, { did, didAt }: Snapshot, changed: number | null): readonly Fact[] {
  const login = textOrNull(payload, 'sender.login');
  if (did === null || login === null) return [];
  return factsAt(didAt ?? changed, { latest: `${asName(login)} ${did}` });
}

/** A login as people say it: a bot's without the mark behind it. */
export function asName(login: string): string {
  return login.replace(/\[bot\]$/, '');
}
