import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { renderActivity } from '../../src/destinations/slack/render.ts';
import { judgeMessage } from '../doubles/slack-rules.ts';
import { content } from '../fixtures/activities.ts';
import { goldenFiles } from './entry.ts';
import { recorded } from './payloads.ts';
import { tell } from './tell.ts';

const FOLDER = new URL('./github/', import.meta.url);
const ANEW = '`npm run golden` writes them anew; read the difference before you commit it';

test('every recorded payload is told as it was', () => {
  const files = goldenFiles();
  const changed = [...files].flatMap(([name, text]) => difference(name, text));
  assert.deepEqual(changed, [], ANEW);
  assert.deepEqual(readdirSync(FOLDER).toSorted(), [...files.keys()].toSorted(), ANEW);
});

test('every message is one that Slack takes', () => {
  const refused = recorded().flatMap(({ type, pair, no, payload }) => {
    const told = tell(type, payload);
    const judged = told.kind !== 'activity' ? {} : judgeMessage(renderActivity(content(told.activity)));
    return 'why' in judged ? [`${pair} · ${no}: ${judged.why}`] : [];
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
