import { digestKey } from '../../keys/key.ts';
import type { KeyRuns } from '../../keys/key-runs.ts';
import type { Earlier, Original, Proposal } from '../../repeats.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { all, type Database, one, type Statement } from '../database.ts';

/** As Earlier.addOriginal says, but of its id. */
const ORIGINAL = `
  SELECT id AS eventId, source, guid, type FROM events
  WHERE id = ? AND body_digest = ? AND state <> 'pending' AND NOT (state = 'quarantined' AND suspect_of IS NULL)`;

/** The same by the index of before, while older events are not in the keys yet. The index is in id order: the first that fits ends the search. */
const ORIGINALS = `
  SELECT asked.key AS n, first.id AS eventId, first.source, first.guid, first.type
  FROM json_each(?) asked JOIN events first ON first.id = (
    SELECT id FROM events INDEXED BY events_by_digest
    WHERE substr(body_digest, 1, 8) = substr(unhex(asked.value ->> 0), 1, 8) AND state <> 'pending'
      AND body_digest = unhex(asked.value ->> 0)
      AND source NOT IN (SELECT value FROM json_each(asked.value ->> 1)) AND NOT (state = 'quarantined' AND suspect_of IS NULL)
    ORDER BY id LIMIT 1)`;

/** Of proposals whose bodies are compared. Within a transaction in which `digests` is open. */
export function originalsReader(
  db: Database,
  digests: KeyRuns,
): (earlier: Earlier, asked: readonly Proposal[]) => void {
  const selectOriginal = db.prepare(ORIGINAL);
  let selectOriginals: Statement | undefined;

  /** The keys lead to the least id first: the first that fits ends the search. */
  function originalOf({ bodyDigest, unrelatedSources }: StoredExpansion): Original | null {
    let original: Original | null = null;
    digests.find(digestKey(bodyDigest), Number.POSITIVE_INFINITY, (id) => {
      const row = one<Original>(selectOriginal, id, bodyDigest);
      if (row === undefined || unrelatedSources.includes(row.source)) return false;
      original = row;
      return true;
    });
    return original;
  }

  function addByOldIndex(earlier: Earlier, asked: readonly Proposal[]): void {
    selectOriginals ??= db.prepare(ORIGINALS);
    const questions = asked.map(({ expansion: { bodyDigest, unrelatedSources } }) => [
      hex(bodyDigest),
      unrelatedSources,
    ]);
    for (const { n, ...original } of all<Original & { n: number }>(selectOriginals, JSON.stringify(questions))) {
      const about = asked[n];
      if (about !== undefined) earlier.addOriginal(about.expansion.bodyDigest, original);
    }
  }

  return (earlier, asked) => {
    if (digests.broughtUpTo !== null) return addByOldIndex(earlier, asked);
    for (const { expansion } of asked) {
      const original = originalOf(expansion);
      if (original !== null) earlier.addOriginal(expansion.bodyDigest, original);
    }
  };
}

function hex({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('hex');
}
