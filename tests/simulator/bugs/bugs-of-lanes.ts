import type { PlantedBug } from './planted-bug.ts';

/** Bugs of who sends, and when. */
export const BUGS_OF_LANES: readonly PlantedBug[] = [
  {
    name: 'late-after-thaw',
    says: 'A worker that stood still between its connection and its request sends when it thaws, although another has its lane by then.',
    fixedIn: '214e9a5',
    check: 'fence',
    seed: 2,
    changes: [
      {
        file: 'src/jobs/attempt.ts',
        from: 'withheld = !isHeld || owned.remainingMs() < context.timing.minLeaseMs;',
        to: 'withheld = !isHeld && false;',
      },
    ],
  },
  {
    name: 'adopted-at-once',
    says: 'Who takes over what another had begun sends it again at once, although it may have arrived this very moment.',
    fixedIn: '214e9a5',
    check: 'pace',
    seed: 560,
    changes: [
      {
        file: 'src/jobs/lane.ts',
        from: 'const hadOwner = adopted > 0 || epoch > 1;',
        to: 'const hadOwner = false;',
      },
    ],
  },
  {
    name: 'lease-from-the-future',
    says: 'A worker killed while the clock was ahead keeps its lanes until that time comes.',
    fixedIn: 'c173f21',
    check: 'lost',
    seed: 20,
    changes: [
      {
        file: 'src/inbox/sqlite/lanes.ts',
        from: 'const isAhead = row.expiresAt > now + waitedMs() + longestLeaseMs(ttlMs);',
        to: 'const isAhead = false;',
      },
    ],
  },
  {
    name: 'pause-from-the-future',
    says: 'A lane that was told to wait while the clock was ahead is silent until that time comes.',
    fixedIn: '2ed874e',
    check: 'lost',
    seed: 90,
    changes: [
      {
        file: 'src/jobs/lane.ts',
        from: 'paused(withinReach(lane, state), ',
        to: 'paused(state, ',
      },
      {
        file: 'src/jobs/lane.ts',
        from: 'Math.min(state.notBefore - wall, state.resumesAt - monotonic)',
        to: 'state.notBefore - wall',
      },
    ],
  },
  {
    name: 'frozen-while-asking',
    says: 'A process that stood still while it asked for a lane takes it from a worker that lives: by its own old time that lease is one of a clock ahead.',
    fixedIn: '232978a',
    check: 'fence',
    seed: 56,
    changes: [
      {
        file: 'src/inbox/sqlite/lanes.ts',
        from: 'row.expiresAt > now + waitedMs() + longestLeaseMs(ttlMs)',
        to: 'row.expiresAt > now + longestLeaseMs(ttlMs)',
      },
    ],
  },
  {
    name: 'begun-twice',
    says: 'Where the receipts cannot be read for a moment, the attempts are recorded a second time, and the first ones never end.',
    fixedIn: 'd42d04f',
    check: 'states',
    seed: 208,
    changes: [
      {
        file: 'src/jobs/begin.ts',
        from: 'recorded ??= await context.inbox.begin(',
        to: 'recorded = await context.inbox.begin(',
      },
    ],
  },
  {
    name: 'account-without-a-queue',
    says: 'Lanes of one account are told how long to wait for their turn, and do not.',
    fixedIn: '3d2fcdd',
    check: 'pace',
    seed: 11,
    changes: [{ file: 'src/jobs/account-turn.ts', from: 'if (waitMs <= 0) return count;', to: 'return count;' }],
  },
];
