import type { PlantedBug } from './planted-bug.ts';

/** Bugs of what is decided, and of what is kept. */
export const BUGS_OF_DECISIONS: readonly PlantedBug[] = [
  {
    name: 'ids-before-commits',
    says: 'An event gets its id before it is committed: of two receivers the one with the greater id may be seen first, and is told first.',
    fixedIn: 'bbd71c8',
    check: 'order',
    changes: [
      // On Postgres; what SQLite writes in one step is taken apart here into what Postgres does: the row with its id, and the commit.
      {
        file: 'src/inbox/sqlite/append.ts',
        from: '    const id = Number(lastInsertRowid);\n    deliveries.add(key, id);',
        to: `    const id = Number(lastInsertRowid);
    db.prepare('INSERT INTO settling (event_id, until, labels_from, draft_from) VALUES (?, 9e15, 0, 0)').run(id);
    uncommitted.push({ key, id });`,
      },
      {
        file: 'src/inbox/sqlite/append.ts',
        from: '    append(batch: Batch, within?: (appended: readonly Appended[]) => void): readonly Appended[] {',
        to: `    append(batch: Batch, within?: (appended: readonly Appended[]) => void): readonly Appended[] {
      if (batch.events.length === 0) {
        return transaction(db, () => {
          deliveries.open();
          for (const { key, id } of uncommitted.splice(0)) {
            db.prepare('DELETE FROM settling WHERE event_id = ?').run(id);
            deliveries.add(key, id);
          }
          deliveries.close();
          return [];
        });
      }`,
      },
      {
        file: 'src/inbox/sqlite/append.ts',
        from: '  const first = firstDelivery(db, deliveries);',
        to: '  const first = firstDelivery(db, deliveries);\n  const uncommitted: { readonly key: Key; readonly id: number }[] = [];',
      },
      {
        file: 'src/inbox/sqlite/sqlite-inbox.ts',
        from: "const appended = await writer.callTransferring('append', [batch], parts);",
        to: `const appended = await writer.callTransferring('append', [batch], parts);
    await writer.callTransferring('append', [{ events: [], parts: [], now: batch.now }], []);`,
      },
    ],
  },
  {
    name: 'replayed-result',
    says: 'A result that is replayed counts as the last one before a newer, although others came in between.',
    fixedIn: '3d55dd6',
    check: 'results',
    changes: [
      {
        file: 'src/jobs/compare-results.ts',
        from: 'return replays === 0 && other?.key === result.key',
        to: 'return replays >= 0 && other?.key === result.key',
      },
    ],
  },
  {
    name: 'older-message-again',
    says: 'An event that was replayed and told is told again by its older message, which had been given up.',
    fixedIn: 'c173f21',
    check: 'twice',
    changes: [
      {
        file: 'src/inbox/sqlite/archive/replay.ts',
        from: "WHERE n.state = ? AND n.event_id = ? AND ${isNewest('notifications')}`",
        to: 'WHERE n.state = ? AND n.event_id = ?`',
      },
      {
        file: 'src/inbox/sqlite/archive/replay.ts',
        from: "WHERE n.state = ? AND ${IN_TROUBLE} AND ${isNewest('notifications')} ORDER BY",
        to: 'WHERE n.state = ? AND ${IN_TROUBLE} ORDER BY',
      },
    ],
  },
  {
    name: 'another-type',
    says: 'A body that came before is told again as an event of another type: only the id of its delivery is compared.',
    fixedIn: '07765de',
    check: 'dedup',
    changes: [
      {
        file: 'src/inbox/repeats.ts',
        from: 'first.guid === event.guid && first.type === event.type',
        to: 'first.guid === event.guid',
      },
    ],
  },
  {
    name: 'no-column-holds-it',
    says: 'One payload with an object where a name belongs keeps all that was decided with it from being stored, again and again.',
    fixedIn: 'ee6fe32',
    check: 'bugs',
    changes: [
      {
        file: 'src/jobs/read-event.ts',
        from: 'for (const [field, value] of Object.entries({ action, ...keys, place: place?.name })) text(field, value);',
        to: '',
      },
      {
        file: 'src/jobs/read-event.ts',
        from: "action: text('action', action), repo: text('repo', repo) }",
        to: 'action: (action ?? null) as string | null, repo: (repo ?? null) as string | null }',
      },
    ],
  },
  {
    name: 'needed-since-planned',
    says: 'A body that is needed again, because its event was replayed since it was looked for, is erased all the same.',
    fixedIn: 'bdeb7da',
    check: 'retention',
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
    changes: [
      {
        file: 'src/inbox/keys/key-runs.ts',
        from: 'if (run.facts.firstEvent >= limit) break;',
        to: 'if (run.facts.firstEvent >= limit) return found;',
      },
      // A run is 16,000 keys long: here so short that there are some.
      {
        file: 'src/inbox/keys/key-runs.ts',
        from: 'limits: Limits = { run: RUN_ENTRIES, step: KEYS_A_STEP }',
        to: 'limits: Limits = { run: 4, step: 3 }',
      },
    ],
  },
];
