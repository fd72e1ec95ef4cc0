import type { Activity, Compared } from '../model/activity.ts';
import type { StoredEvent } from '../model/event.ts';
import type { Expansion, NewNotification } from '../model/inbox/backlog.ts';
import type { Decision, Telling, Trace } from '../model/rule.ts';
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

/** Whether the decision may not count yet: once an event has settled, it does. */
export function mustSettle({ settled }: Pick<StoredEvent, 'settled'>, { settleMs }: Decision): boolean {
  return settleMs > 0 && settled === null;
}

/** What is to become of one activity: nobody is told, somebody is, or not yet. Pure. */
export function expansionOf(routable: Routable, decision: Decision): Expansion {
  const { event, activity } = routable;
  const { result } = activity;
  const seen = {
    ...blank(event),
    action: activity.action,
    repo: activity.place?.name ?? null,
    trace: decision.trace,
    news: newsOf(activity),
    result: result && { key: result.key, run: result.run, passed: result.passed },
  };
  if (mustSettle(event, decision)) {
    const settle = { until: event.receivedAt + decision.settleMs, thread: activity.keys.thread };
    return { ...seen, state: 'pending', trace: null, settle };
  }
  if (decision.tell.length === 0)
    return { ...seen, state: 'skipped', reason: decision.reason ?? 'no rule asks for it' };
  return {
    ...seen,
    state: 'routed',
    trace: withCalled(decision),
    notifications: decision.tell.map((telling) => notification(routable, telling)),
  };
}

/** The mentions themselves leave with the messages. */
function withCalled({ trace, tell }: Decision): Trace {
  const called = tell
    .filter(({ mentions }) => mentions.length > 0)
    .map(({ destination, mentions }) => [destination, mentions.map(({ name }) => name)] as const);
  return called.length === 0 ? trace : { ...trace, called: Object.fromEntries(called) };
}

function notification(
  { event, activity, transition }: Routable,
  { destination, rule, mentions, notBefore }: Telling,
): NewNotification {
  const isReplay = event.replays > 0;
  // A key of its own, because an explicit replay is told again although the activity was told before.
  const { dedup, echo } = activity.keys;
  const dedupKey = isReplay ? `${dedup}#replay-${event.replays}` : dedup;
  return { destination, rule, activity, transition, mentions, dedupKey, echoKey: echo, isReplay, notBefore };
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
