import type { Activity, Compared, Subject } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Expansion, NewNotification, Settle } from '../../model/inbox/backlog.ts';
import type { Decision, Trace } from '../../model/rule.ts';
import { type Said, wordsOf } from '../../route/template/words-of.ts';
import { blank } from './read-event.ts';

/** An activity and where it comes from, ready to be routed: what was learned while it settled is part of it. */
export interface Routable extends Compared {
  readonly event: StoredEvent;
}

export function settledActivity({ settled }: Pick<StoredEvent, 'settled'>, activity: Activity): Activity {
  if (settled === null) return activity;
  const { labels, isDraft } = activity.facets;
  const facets = { ...activity.facets, labels: settled.labels ?? labels, isDraft: settled.isDraft ?? isDraft };
  return { ...activity, facets };
}

/** So long after the first of a burst everything of it is told together. */
const BURST_MS = 60_000;

/**
 * Until when the decision may not count yet; null: it counts. Once an event has settled, it does. `digesting`: the destinations that
 * are told several things in one message.
 */
export function settleOf(
  { event, activity }: Routable,
  { settleMs, tell, wantsPaths }: Decision,
  digesting: ReadonlySet<string>,
): Settle | null {
  const { receivedAt, settled, replays } = event;
  const { thread, burst } = activity.keys;
  if (settled !== null) return null;
  if (settleMs > 0) return { until: receivedAt + settleMs, thread, joinsAfter: null };
  // What somebody replays, they want to see.
  if (burst === null || replays > 0) return null;
  const mayBeTold = wantsPaths || tell.some(({ destination }) => digesting.has(destination));
  return mayBeTold ? { until: receivedAt + BURST_MS, thread: burst, joinsAfter: receivedAt } : null;
}

/** Not yet: it is read again later. Pure. */
export function putAside(routable: Routable, settle: Settle): Expansion {
  return { ...seen(routable), state: 'pending', settle };
}

/** What is to become of one activity: nobody is told, or somebody is. Pure. `payload`: for whoever words it. */
export function expansionOf(routable: Routable, decision: Decision, payload: () => unknown): Expansion {
  const { reason, tell } = decision;
  if (tell.length === 0) {
    return { ...seen(routable), state: 'skipped', trace: decision.trace, reason: reason ?? 'no rule asks for it' };
  }
  const { tellings, worded } = wordsOf(routable, tell, payload);
  return {
    ...seen(routable),
    state: 'routed',
    trace: { ...withCalled(decision), ...(worded.length > 0 && { worded }) },
    notifications: tellings.flatMap((said) => eachAlone(said).map((one) => notification(routable, one))),
  };
}

function seen({ event, activity }: Routable) {
  const { action, place, actor, subject, result } = activity;
  return {
    ...blank(event),
    action,
    repo: place?.name ?? null,
    searched: { actor: actor?.login ?? null, text: subject === null ? '' : wordsAbout(subject) },
    news: newsOf(activity),
    result: result && { key: result.key, run: result.run, passed: result.passed },
  };
}

const MOST_WORDS = 300;

function wordsAbout({ handle, title }: Subject): string {
  // A release may be called by its tag alone.
  return (handle === null || handle === title ? title : `${handle} ${title}`).slice(0, MOST_WORDS);
}

/** The mentions themselves leave with the messages. */
function withCalled({ trace, tell }: Decision): Trace {
  const called = tell
    .filter(({ mentions }) => mentions.length > 0)
    .map(({ destination, mentions }) => [destination, mentions.map(({ name }) => name)] as const);
  return called.length === 0 ? trace : { ...trace, called: Object.fromEntries(called) };
}

/** Whoever is told alone has a conversation of their own, and is told again for nobody else. */
function eachAlone(said: Said): readonly Said[] {
  const { telling, activity } = said;
  if (telling.recipients === undefined) return [said];
  const { dedup, echo, thread } = activity.keys;
  return telling.recipients.map(({ mention, ...own }) => {
    const to = (key: string) => `${key}@${mention.name.toLowerCase()}`;
    const keys = { ...activity.keys, dedup: to(dedup), echo: echo && to(echo), thread: thread && to(thread) };
    return { telling: { ...telling, ...own, mentions: [mention] }, activity: { ...activity, keys } };
  });
}

function notification({ event, transition }: Routable, { telling, activity }: Said): NewNotification {
  const { destination, rule, mentions, notBefore, thread, broadcast } = telling;
  const isReplay = event.replays > 0;
  // A key of its own, because an explicit replay is told again although the activity was told before.
  const { dedup, echo } = activity.keys;
  const dedupKey = isReplay ? `${dedup}#replay-${event.replays}` : dedup;
  const shown = {
    ...(typeof thread === 'boolean' && { isThreaded: thread }),
    ...(broadcast && { isBroadcast: broadcast }),
  };
  const content = { activity, transition, mentions, ...shown };
  return { destination, rule, ...content, dedupKey, echoKey: echo, isReplay, notBefore };
}

/** Which actions change what a rule waits for when it settles. */
const CHANGES_LABELS = new Set(['labeled', 'unlabeled']);
const CHANGES_DRAFT = new Set(['converted_to_draft', 'ready_for_review']);

/** For an earlier event of its thread that still settles. */
export function newsOf({ action, keys, facets }: Activity): Expansion['news'] {
  const { thread } = keys;
  const { labels, isDraft } = facets;
  if (thread === null || action === null) return null;
  if (CHANGES_LABELS.has(action)) return { thread, settled: { labels, isDraft: null } };
  return CHANGES_DRAFT.has(action) ? { thread, settled: { labels: null, isDraft } } : null;
}
