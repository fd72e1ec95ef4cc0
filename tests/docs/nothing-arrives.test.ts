import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { blocks, read } from './documents.ts';
import { type Recording, record } from './stage.ts';

const BLOCKS = blocks(read('docs/nothing-arrives.md'), ['']);

/** What differs from run to run. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'],
  [/^\d\d:\d\d:\d\d/gm, 'TIME'],
  [/\d+ (?:ms|s) ago/g, 'AGO'],
  [/(the oldest|broken +) for [\d.]+ (?:ms|s|min)/g, '$1 for SPAN'],
  [/after \d+ attempts?/g, 'after TRIES'],
];

function settled(text: string): string {
  // How long it is broken moves where its lines end.
  const whole = text.replaceAll(/^ +broken .*(?:\n {11}.*)+/gm, (lines) => lines.replaceAll('\n', ''));
  return VARYING.reduce((said, [pattern, word]) => said.replaceAll(pattern, word), whole).replaceAll(/ +/g, ' ');
}

/** The lines one after the other, where `…` stands for any number of them. */
function patternOf(shown: string): RegExp {
  const lines = settled(shown.trim()).split('\n');
  return new RegExp(
    `^${lines.map((line) => (line === '…' ? '[^]*' : `${line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\n`)).join('')}$`,
  );
}

describe('docs/nothing-arrives.md shows what the program prints', () => {
  let recording: Recording = new Map();
  before(async () => {
    recording = await record();
  });

  for (const block of BLOCKS) {
    const [, command, shown = block] = /^\$ npx tidings (.*)\n([^]*)/.exec(block) ?? [];
    test(command ?? 'the log', () => {
      const printed = settled(recording.get(command ?? 'log') ?? '');
      assert.match(`${printed.trim()}\n`, patternOf(shown));
    });
  }
});
