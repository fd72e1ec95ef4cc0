/**
 * Writes the zstd dictionary that stored bodies are compressed with: raw content, so any zstd can use it.
 *
 * Bodies compressed with a dictionary can only be read with the very same bytes: a published file is never written
 * again. A better dictionary gets the next number, and the rows say which one they were written with.
 *
 * Every structure is kept once. A dictionary is loaded anew for every body, so its size costs time: 16 kB compresses
 * the 329 payloads of octokit/webhooks 10.4× at level 3, while 64 kB of whole samples reaches 10.0× at twice the time.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { sample } from '../src/sources/github/samples/sample.ts';

const TARGET = new URL('../src/inbox/dictionary-1.bin', import.meta.url);
const SCENE = { n: 0, now: Date.UTC(2026, 0, 15, 9, 30) };

/** Commonest last: zstd encodes what lies nearer in fewer bits. */
const FAMILIES = [
  'workflow_run.completed',
  'fork',
  'release.published',
  'push',
  'pull_request_review_comment.created',
  'pull_request.merged',
  'issue_comment.created',
  'issues.assigned',
] as const;

function payload(name: string): Record<string, unknown> {
  const made = sample(name, SCENE);
  if (made === undefined) throw new Error(`There is no sample called ${name}.`);
  return made.payload;
}

/** Large objects that begin alike (accounts, repositories, pull requests) are kept only where they come last. */
function keepLast(value: unknown, seen: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => keepLast(item, seen) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  const shape = keys.slice(0, 4).join();
  if (keys.length > 8) {
    if (seen.has(shape)) return undefined;
    seen.add(shape);
  }
  const kept = Object.entries(value)
    .toReversed()
    .map(([key, item]) => [key, keepLast(item, seen)] as const)
    .filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept.toReversed());
}

const seen = new Set<string>();
const parts = [JSON.stringify(payload('star.created')['sender'])];
for (const name of FAMILIES.toReversed()) parts.unshift(JSON.stringify(keepLast(payload(name), seen)));
const dictionary = Buffer.from(parts.join(''));

if (!existsSync(TARGET)) writeFileSync(TARGET, dictionary);
else if (!readFileSync(TARGET).equals(dictionary)) {
  console.error('dictionary-1.bin exists and differs: stored bodies need it. Write dictionary-2.bin instead.');
  process.exitCode = 1;
}
