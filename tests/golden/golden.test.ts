import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { renderActivity } from '../../src/destinations/slack/render.ts';
import { checkMessage } from '../doubles/slack-rules.ts';
import { content } from '../fixtures/activities.ts';
import { bodyFiles } from './bodies.ts';
import { destinationFiles } from './destinations.ts';
import { recorded } from './payloads.ts';
import { allGoldenFiles, sourcePages } from './providers.ts';
import { tell } from './tell.ts';

const FOLDER = new URL('./', import.meta.url);
const ANEW = '`npm run golden` writes them anew; read the difference before you commit it';

test('every payload is told as it was, and every destination says it as it did', async () => {
  const files = new Map([...(await allGoldenFiles()), ...(await destinationFiles()), ...bodyFiles()]);
  const changed = [...files].flatMap(([name, text]) => difference(name, text));
  assert.deepEqual(changed, [], ANEW);
  const kept = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
  assert.deepEqual(kept.toSorted(), [...files.keys()].toSorted(), ANEW);
});

test('docs/sources/ says what is posted', async () => {
  for (const [name, text] of await sourcePages()) {
    assert.equal(readFileSync(new URL(`../../docs/sources/${name}.md`, import.meta.url), 'utf8'), text, ANEW);
  }
});

test('every message is one that Slack takes', () => {
  const refused = recorded().flatMap(({ type, pair, no, payload }) => {
    const told = tell(type, payload);
    const checked = told.kind !== 'activity' ? {} : checkMessage(renderActivity(content(told.activity)));
    return 'why' in checked ? [`${pair} · ${no}: ${checked.why}`] : [];
  });
  assert.deepEqual(refused, []);
});

/** The first line that differs, as `issues.txt:12 was … is …`. */
function difference(name: string, is: string): readonly string[] {
  const was = readOr(name, '').split('\n');
  const lines = is.split('\n');
  const at = lines.findIndex((line, index) => line !== was[index]);
  if (at < 0 && was.length === lines.length) return [];
  const line = at < 0 ? lines.length : at;
  return [`${name}:${line + 1} was ${was[line] ?? '(nothing)'} is ${lines[line] ?? '(nothing)'}`];
}

function readOr(name: string, otherwise: string): string {
  try {
    return readFileSync(new URL(name, FOLDER), 'utf8');
  } catch {
    return otherwise;
  }
}
