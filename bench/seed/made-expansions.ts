import { hash } from 'node:crypto';
import type { EventId } from '../../src/model/event.ts';
import type { Expansion, NewNotification } from '../../src/model/inbox/backlog.ts';
import { anActivity, content, person } from '../../tests/fixtures/activities.ts';
import { kindOf, mixed, repoOf } from './made-events.ts';

const AUTHORS = 97;
/** Of these kinds come results. */
export const RUN = 'workflow_run.completed';

/** What the expander would decide about the nth event: most are skipped, as in a busy organisation. */
export function skipped(n: number, eventId: EventId): Expansion {
  const kind = kindOf(n);
  const { action, repo } = { action: actionOf(kind), repo: repoOf(n) };
  return {
    eventId,
    // Of the number, which its body holds: hashing 12 kB would be half of the work.
    bodyDigest: hash('sha256', `body ${n}`, 'buffer'),
    state: 'skipped',
    reason: `no rule is about ${kind}`,
    action,
    repo,
    trace: traceOf(kind, 'no_match', []),
    searched: { actor: authorOf(n), text: `#${n} ${titleOf(n)}` },
    notifications: [],
    settle: null,
    news: null,
    result: kind === RUN ? resultOf(n) : null,
    unrelatedSources: [],
    bodyMayRepeat: false,
  };
}

/** The same, told at these destinations. `dedup` and `echo` are its keys there. */
export function routed(
  n: number,
  eventId: EventId,
  to: readonly string[],
  keys: { readonly dedup?: string; readonly echo?: string | null } = {},
): Expansion {
  const { dedup = `made:${n}`, echo = null } = keys;
  const told = content(activityOf(n, dedup));
  const notifications = to.map(
    (destination): NewNotification => ({
      destination,
      rule: 'news',
      ...told,
      dedupKey: dedup,
      echoKey: echo,
      isReplay: false,
      notBefore: null,
    }),
  );
  const kind = kindOf(n);
  return { ...skipped(n, eventId), state: 'routed', reason: null, trace: traceOf(kind, 'matched', to), notifications };
}

/** Of a workflow: 400 repositories have 3 each, and one run in eleven fails. */
export function resultOf(n: number): NonNullable<Expansion['result']> {
  return { key: `workflow_run ${repoOf(n)} ${mixed(n) % 3} main`, run: `${n}`, passed: mixed(n) % 11 !== 0 };
}

export const actionOf = (kind: string): string | null => kind.split('.')[1] ?? null;

const authorOf = (n: number): string => `dev-${mixed(n) % AUTHORS}`;
const titleOf = (n: number): string => `Uploads of part ${mixed(n) % 9_973} fail`;

function activityOf(n: number, dedupKey: string) {
  const kind = kindOf(n);
  const repo = repoOf(n);
  const url = `https://github.com/${repo}`;
  return anActivity({
    kind,
    type: kind.split('.')[0] ?? kind,
    action: actionOf(kind),
    actor: person(authorOf(n)),
    place: { name: repo, url },
    subject: {
      noun: 'issue',
      handle: `#${n}`,
      title: titleOf(n),
      url: `${url}/issues/${n}`,
    },
    dedupKey,
  });
}

function traceOf(kind: string, result: 'matched' | 'no_match', to: readonly string[]): Expansion['trace'] {
  const ok = result === 'matched';
  return {
    kind,
    rules: [
      {
        rule: 'news',
        result,
        checks: [{ check: 'on', wanted: ok ? kind : 'release: published', actual: kind, ok }],
        to: ok ? to : ['team'],
      },
    ],
  };
}
