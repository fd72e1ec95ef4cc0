import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { FULL, tried } from '../../../tests/support/long-form.ts';
import { StepBudget, TooManySteps } from '../steps.ts';
import { parseGlob } from './glob.ts';
import { FREE_LEARNING, finder, type Matcher, wholly } from './matcher.ts';
import { parseRegex } from './regex.ts';

/** What a text costs a pattern that has seen none before. */
function stepsOf(matcher: Matcher, text: string): number {
  const steps = new StepBudget(Number.POSITIVE_INFINITY);
  matcher.matches(text, steps);
  return steps.taken;
}

const regex = (pattern: string) => finder(parseRegex(pattern), 0);
const glob = (pattern: string) => wholly(parseGlob(pattern, false), 0);

describe('the texts that stop others', () => {
  const EVIL: readonly (readonly [name: string, matcher: () => Matcher, text: (length: number) => string])[] = [
    ['^([a-z]+ ?)+$', () => regex('^([a-z]+ ?)+$'), (length) => `${'a'.repeat(length)}!`],
    ['(a*)*b', () => regex('(a*)*b'), (length) => 'a'.repeat(length)],
    ['(a|a)*b', () => regex('(a|a)*b'), (length) => 'a'.repeat(length)],
    ['(a|aa)+$', () => regex('(a|aa)+$'), (length) => `${'a'.repeat(length)}!`],
    ['(.*)(.*)(.*)(.*)=x', () => regex('(.*)(.*)(.*)(.*)=x'), (length) => '='.repeat(length)],
    ['\\s+$', () => regex('\\s+$'), (length) => `${' '.repeat(length)}x`],
    ['(?:a?){30}a{30}', () => regex('(?:a?){30}a{30}b'), (length) => 'a'.repeat(length)],
    ['release/*-*-*-*', () => glob('release/*-*-*-*'), (length) => `release/${'-'.repeat(length)}/`],
    ['**/*-*-*.md', () => glob('**/*-*-*.md'), (length) => 'a-/'.repeat(length / 3)],
    ['{*,*a}{*,*b}{*,*c}z', () => glob('{*,*a}{*,*b}{*,*c}z'), (length) => 'abc'.repeat(length / 3)],
    ['*a × 60', () => glob('*a'.repeat(60)), (length) => `${'a'.repeat(length)}b`],
  ];

  for (const [name, matcher, text] of EVIL) {
    test(`${name} costs ten times as much on ten times as much`, () => {
      const [short, long] = [stepsOf(matcher(), text(6_000)), stepsOf(matcher(), text(60_000))];
      assert.ok(long <= 10.5 * short, `${short} → ${long}`);
    });
  }
});

const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\b', '^', '$');
const pattern = fc.letrec<{ readonly any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium' },
    atom,
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    fc.tuple(tie('any'), fc.constantFrom('*', '+', '?', '{3}', '{1,3}')).map(([part, times]) => `(?:${part})${times}`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(?:${a}|${b})`),
  ),
})).any;
const pumped = fc
  .tuple(fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 1, maxLength: 4 }), fc.constantFrom('', '!', 'b'))
  .map(
    ([part, end]) =>
      (times: number) =>
        part.repeat(times) + end,
  );

/** Of random patterns, each on a short and on a long text. */
const numRuns = FULL ? 3_000 : 300;

test('no pattern costs more than in proportion on a text that goes on and on', (t) => {
  tried(t, numRuns, 'patterns');
  fc.assert(
    fc.property(pattern, pumped, (written, text) => {
      const short = stepsOf(regex(written), text(500));
      const long = stepsOf(regex(written), text(5_000));
      assert.ok(long <= 11 * short, `${written}: ${short} → ${long}`);
    }),
    { numRuns },
  );
});

const globPiece = fc.constantFrom('a', '-', '*', '?', '[a-]', '{a,-}', '{*,a*}', '/', '**', '**/', '.md');

test('no glob does either', (t) => {
  tried(t, numRuns, 'globs');
  fc.assert(
    fc.property(fc.array(globPiece, { maxLength: 12 }), pumped, (pieces, text) => {
      const short = stepsOf(glob(pieces.join('')), text(500));
      const long = stepsOf(glob(pieces.join('')), text(5_000));
      assert.ok(long <= 11 * short, `${pieces.join('')}: ${short} → ${long}`);
    }),
    { numRuns },
  );
});

test('what was learned is forgotten before it fills the memory, and answers stay right', () => {
  const matcher = regex('a[ab]{12}c');
  const steps = new StepBudget(Number.POSITIVE_INFINITY);
  let random = 1;
  const text = Array.from({ length: 20_000 }, () => {
    random = (random * 48_271) % 2_147_483_647;
    return random & 64 ? 'a' : 'b';
  }).join('');
  assert.equal(matcher.matches(text, steps), false);
  assert.equal(matcher.matches(`${text}a${'b'.repeat(12)}c`, steps), true);
  assert.equal(matcher.matches('ab', steps), false);
});

test('a text is not read further than the steps go', () => {
  const matcher = regex('[ab]*a[ab]{200}c');
  assert.throws(() => matcher.matches('ab'.repeat(5_000), new StepBudget(100_000)), TooManySteps);
});

test('what a pattern that is kept learns at first is free', () => {
  const [kept, madeUp] = [finder(parseRegex('(fix|feat|chore): '), FREE_LEARNING), regex('(fix|feat|chore): ')];
  const text = 'a title of some length that is none of these';
  assert.equal(stepsOf(kept, text), text.length + 1);
  assert.ok(stepsOf(madeUp, text) > 10 * text.length);
});
