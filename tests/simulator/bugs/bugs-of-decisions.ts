import type { PlantedBug } from './planted-bug.ts';

/** Bugs of what is decided, and of what is kept. */
export const BUGS_OF_DECISIONS: readonly PlantedBug[] = [
  {
    name: 'ids-before-commits',
    says: 'An event gets its id before it is committed: of two receivers the one with the greater id may be seen first, and is told first.',
    fixedIn: 'bbd71c8',
    check: 'order',
    seed: 917,
    changes: [
      // SQLite takes the id as it writes the row. Here, as on Postgres, it is taken before, in a step of its own.
      {
        file: 'src/inbox/sqlite/sqlite-inbox.ts',
        from: "const appending = writer.callTransferring('append', [batch], parts);",
        to: `const taking = { events: [], parts: [], now: batch.now, takes: batch.events.length };
    const taken = (await writer.call('append', taking)) as unknown as number;
    // Each statement is a way to the server and back.
    for (let statement = 0; statement < 3; statement++) await writer.call('recall', 'nothing');
    const appending = writer.callTransferring('append', [{ ...batch, taken } as Batch], parts);`,
      },
      {
        file: 'src/inbox/sqlite/append.ts',
        from: '    append(batch: Batch, within?: (appended: readonly Appended[]) => void): readonly Appended[] {',
        to: `    append(batch: Batch, within?: (appended: readonly Appended[]) => void): readonly Appended[] {
      const { takes, taken = null } = batch as Batch & { takes?: number; taken?: number };
      if (takes !== undefined) {
        return transaction(db, () => {
          const last = scalar(db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'"));
          const update = db.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'events'");
          if (update.run(last + takes).changes === 0) {
            db.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)").run(last + takes);
          }
          return last + 1;
        }) as never;
      }`,
      },
      {
        file: 'src/inbox/sqlite/append.ts',
        from: 'appendOne(event, keys[n] as Key, base + event.part, batch.now);',
        to: 'appendOne(event, keys[n] as Key, base + event.part, batch.now, taken && taken + n);',
      },
      {
        file: 'src/inbox/sqlite/append.ts',
        from: 'segmentId: number, now: number): Appended {',
        to: 'segmentId: number, now: number, taken: number | null): Appended {',
      },
      { file: 'src/inbox/sqlite/append.ts', from: 'insert.run(\n', to: 'insert.run(\n      taken,\n' },
      {
        file: 'src/inbox/sqlite/append.ts',
        from: 'INSERT INTO events (source,',
        to: 'INSERT INTO events (id, source,',
      },
      {
        file: 'src/inbox/sqlite/append.ts',
        from: 'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`',
        to: 'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`',
      },
    ],
  },
  {
    name: 'replayed-result',
    says: 'A result that is replayed counts as the last one before a newer, although others came in between.',
    fixedIn: '3d55dd6',
    check: 'results',
    seed: 488,
    changes: [
      {
        file: 'src/jobs/expand/compare-results.ts',
        from: 'return id > (last?.eventId ?? 0) &&',
        to: 'return id > 0 &&',
      },
    ],
  },
  {
    name: 'copied-result',
    says: 'A copy of a result under another guid counts as the last one before the next, if both are decided together, though it is quarantined.',
    fixedIn: '60591ee',
    check: 'results',
    seed: 1041,
    changes: [
      {
        file: 'src/inbox/batch-of-expansions.ts',
        from: 'if (misled === undefined) return',
        to: 'if (misled?.event.id !== 0) return',
      },
    ],
  },
  {
    name: 'older-message-again',
    says: 'An event that was replayed and told is told again by its older message, which had been given up.',
    fixedIn: 'c173f21',
    check: 'twice',
    seed: 6,
    changes: [
      {
        file: 'src/inbox/sqlite/archive/untold.ts',
        from: "AND ${which} AND ${isNewest('notifications')}\n  ORDER BY",
        to: 'AND ${which}\n  ORDER BY',
      },
      {
        file: 'src/inbox/sqlite/archive/untold.ts',
        from: "WHERE n.id = ? AND ${IS_UNTOLD} AND ${isNewest('notifications')}`",
        to: 'WHERE n.id = ? AND ${IS_UNTOLD}`',
      },
    ],
  },
  {
    name: 'forged-is-the-original',
    says: 'A forged delivery, seen as such by its type, counts as the original of the true one that has its body: that one is kept back as a copy.',
    fixedIn: '236c6b0',
    check: 'lost',
    seed: 9,
    changes: [
      {
        file: 'src/inbox/repeats.ts',
        from: "if (proposal.expansion.state !== 'quarantined') learnOriginal(proposal, earlier);",
        to: 'learnOriginal(proposal, earlier);',
      },
      {
        file: 'src/inbox/sqlite/backlog/originals.ts',
        from: "AND body_digest = ? AND state <> 'pending' AND NOT (state = 'quarantined' AND suspect_of IS NULL)`",
        to: "AND body_digest = ? AND state <> 'pending'`",
      },
    ],
  },
  {
    name: 'no-column-holds-it',
    says: 'One payload with an object where a name belongs keeps all that was decided with it from being stored, again and again.',
    fixedIn: 'ee6fe32',
    check: 'lost',
    seed: 1,
    changes: [
      {
        file: 'src/jobs/expand/read-event.ts',
        from: 'for (const [field, value] of Object.entries({ action, ...keys, place: place?.name })) text(field, value);',
        to: '',
      },
      {
        file: 'src/jobs/expand/read-event.ts',
        from: "action: text('action', action), repo: text('repo', repo) }",
        to: 'action: (action ?? null) as string | null, repo: (repo ?? null) as string | null }',
      },
    ],
  },
  {
    name: 'one-breaks-all',
    says: 'One event about which the rules cannot be asked keeps all that came with it from being decided, again and again.',
    fixedIn: '20361d2',
    check: 'bugs',
    seed: 1,
    changes: [
      {
        file: 'src/jobs/expand/decide.ts',
        from: 'return failed(routable.event, error instanceof Error ? error.message : String(error)).expansion;',
        to: 'throw error;',
      },
    ],
  },
  {
    name: 'needed-since-planned',
    says: 'A body that is needed again, because its event was replayed since it was looked for, is erased all the same.',
    fixedIn: 'bdeb7da',
    check: 'retention',
    seed: 269,
    changes: [
      {
        file: 'src/inbox/sqlite/upkeep/upkeep.ts',
        from: "if (scalar(countNeeded, json) > 0) return 'changed';",
        to: '',
      },
    ],
  },
  {
    name: 'keys-in-front',
    says: 'The key of an old event stands among the newest ones, and is not looked for there once runs of younger events are reached.',
    fixedIn: '0877bbb',
    check: 'dedup',
    seed: 1026,
    changes: [
      {
        file: 'src/inbox/keys/key-runs.ts',
        from: 'if (run.facts.firstEvent >= limit) break;',
        to: 'if (run.facts.firstEvent >= limit) return found;',
      },
      // Then only what came before an event counted as its original.
      {
        file: 'src/inbox/sqlite/backlog/originals.ts',
        from: 'let selectOriginals: Statement | undefined;',
        to: 'let selectOriginals: Statement | undefined; let below = 0;',
      },
      {
        file: 'src/inbox/sqlite/backlog/originals.ts',
        from: 'for (const { expansion } of asked) {',
        to: 'for (const { event, expansion } of asked) { below = event.id;',
      },
      {
        file: 'src/inbox/sqlite/backlog/originals.ts',
        from: 'digests.find(digestKey(bodyDigest), Number.POSITIVE_INFINITY, ',
        to: 'digests.find(digestKey(bodyDigest), below, ',
      },
    ],
  },
  {
    name: 'known-is-new',
    says: 'A delivery that came before is stored again, and told again.',
    fixedIn: '34b29d2',
    check: 'dedup',
    seed: 1,
    changes: [
      {
        file: 'src/inbox/sqlite/append.ts',
        from: "if (before !== null) return { status: 'duplicate', id: before };",
        to: '',
      },
    ],
  },
  {
    name: 'nothing-came-before',
    says: 'A result is not compared with those that are stored, only with those it came with.',
    fixedIn: '29a455a',
    check: 'results',
    seed: 3,
    changes: [
      {
        file: 'src/inbox/sqlite/backlog/results.ts',
        from: 'if (row === undefined) return null;',
        to: 'if (row === undefined || row.passed >= 0) return null;',
      },
    ],
  },
  {
    name: 'newest-first',
    says: 'What waits in a lane is told from its end.',
    fixedIn: '34b29d2',
    check: 'order',
    seed: 1,
    changes: [
      {
        file: 'src/inbox/sqlite/waiting.ts',
        from: 'IN_ORDER = `ORDER BY n.event_id, n.id',
        to: 'IN_ORDER = `ORDER BY n.event_id DESC, n.id',
      },
    ],
  },
];
