import type { EventRecord } from '../../src/model/inbox/records.ts';
import { NOW, newWorld, type World } from './test-cli.ts';

/** Event 42: told to the team at the second try. */
export function testEvent(changes: Partial<EventRecord> = {}): EventRecord {
  return {
    id: 42,
    source: 'github',
    type: 'pull_request',
    action: 'opened',
    deliveryId: '7.abc',
    repo: 'acme/api',
    actor: 'mona',
    about: '#7 Retry uploads',
    state: 'routed',
    reason: null,
    fates: [{ destination: 'team', fate: 'told', reason: null, words: null }],
    receivedAt: NOW - 180_000,
    guid: 'abc',
    headers: { 'x-github-event': 'pull_request' },
    body: Buffer.from('{"action":"opened","number":7}'),
    bodySize: 30,
    bodyDigest: 'd1',
    storedAt: NOW - 180_000 + 4,
    expandedAt: NOW - 180_000 + 6,
    secretNo: 1,
    origin: 'webhook',
    replays: 0,
    suspectOf: null,
    settlesAt: null,
    trace: {
      kind: 'pull_request.opened',
      rules: [
        {
          rule: 'releases',
          result: 'no_match',
          checks: [{ check: 'on', wanted: 'release', actual: 'pull_request.opened', ok: false }],
          to: ['releases'],
        },
        {
          rule: 'reviews',
          result: 'matched',
          checks: [
            { check: 'on', wanted: 'pull_request: opened, merged', actual: 'pull_request.opened', ok: true },
            { check: 'on.branches', wanted: 'main, release/**', actual: 'main', ok: true },
          ],
          to: ['team'],
        },
        { rule: 'rest', result: 'not_asked', checks: [], to: ['team'] },
      ],
    },
    notifications: [
      {
        id: 9,
        destination: 'team',
        rule: 'reviews',
        state: 'sent',
        reason: null,
        tries: 2,
        mergedInto: null,
        isReplay: false,
        notBefore: null,
        settledAt: NOW - 180_000 + 1_500,
        dismissedAt: null,
        attempts: [
          {
            id: 1,
            startedAt: NOW - 179_990,
            endedAt: NOW - 179_900,
            outcome: 'retry',
            request: 'card',
            detail: '503',
            size: 1,
          },
          {
            id: 2,
            startedAt: NOW - 178_600,
            endedAt: NOW - 178_500,
            outcome: 'sent',
            request: 'card',
            detail: 'ok',
            size: 1,
          },
        ],
      },
    ],
    ...changes,
  };
}

/** Event 42: two were told, one waits, and one was given up. */
export const HALF_TOLD = testEvent({
  fates: [
    { destination: 'team', fate: 'told', reason: null, words: null },
    { destination: 'desk', fate: 'waiting', reason: null, words: 'Pull request opened: #7 Retry uploads' },
    { destination: 'audit', fate: 'dead', reason: '404 gone', words: 'Pull request opened: #7 Retry uploads' },
    { destination: 'all', fate: 'told', reason: null, words: null },
  ],
});

/** Event 42, and before it one that nobody was to be told of. */
export function worldWithEvents(): World {
  const world = newWorld();
  const nobody = { fates: [], notifications: [], trace: null } as const;
  const skipped = { id: 41, state: 'skipped', type: 'fork', action: null, ...nobody } as const;
  world.events.push(
    testEvent(),
    testEvent({ ...skipped, reason: 'no rule asks for fork:\nnothing is told', receivedAt: NOW - 7_200_000 }),
  );
  return world;
}
