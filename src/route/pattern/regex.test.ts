import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { StepBudget } from '../steps.ts';
import { finder } from './matcher.ts';
import { PatternError } from './pattern-text.ts';
import { parseRegex } from './regex.ts';

function found(pattern: string, text: string): boolean {
  return finder(parseRegex(pattern), 0).matches(text, new StepBudget());
}

function refused(pattern: string): { readonly message: string; readonly under: string } {
  try {
    parseRegex(pattern);
  } catch (error) {
    assert.ok(error instanceof PatternError, String(error));
    return { message: error.message, under: pattern.slice(error.start, error.end) };
  }
  throw new Error(`${pattern} is no error`);
}

const TABLE: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
  ['', ['', 'a'], []],
  ['ab|cd', ['xaby', 'cd'], ['ac', 'bd']],
  ['^a.c$', ['abc', 'a😀c'], ['abcd', 'a\nc', 'xabc']],
  ['(?s:a.c)', ['a\nc'], []],
  ['(?m)^b$', ['a\nb\nc'], ['ab\nc']],
  ['(?i:^chore|typo)', ['Chore: bump', 'a TYPO'], ['no chore']],
  ['(?i:(1|a))', ['A', 'a', '1'], ['b']],
  ['((?i:\\d+)|(A|\\w\\.))', ['A', 'a.', '7'], ['a', 'ba ']],
  ['(?i)é(?-i)e', ['Ée'], ['ÉE']],
  ['(?i)k', ['K', '\u212a'], []],
  ['a{2,3}b', ['aab', 'aaaab'], ['ab']],
  ['^a{2}$', ['aa'], ['a', 'aaa']],
  ['^(?:a{0,2}){2}$', ['', 'aaaa'], ['aaaaa']],
  ['x*?y+?z??$', ['y', 'xyz'], ['xz']],
  ['a{,2}', ['a{,2}'], ['aa']],
  ['\\bfix\\b', ['a fix.', 'fix'], ['fixed', 'prefix']],
  ['\\Bix', ['fix'], ['ix']],
  ['\\Aa\\z', ['a'], ['a\n']],
  ['^[a-c\\d_-]+$', ['a1-_'], ['d', 'A']],
  ['[^a]', ['b', '\n'], ['a', '']],
  ['[]a]', [']', 'a'], ['[']],
  ['[^]a]', ['b'], [']', 'a']],
  ['[[:upper:]][[:^space:]]', ['Ab'], ['A ', 'ab']],
  ['^\\pL\\p{Greek}\\P{Lu}\\p{^Nd}$', ['éωab'], ['éaab', 'éωAb', 'éωa1']],
  ['\\x41\\x{1F600}\\101\\.\\/', ['A😀A./'], ['A😀AA/']],
  ['(?P<year>\\d{4})-(?<month>\\d\\d)', ['2026-11'], ['26-11']],
  ['\\d\\D\\s\\S\\w\\W', ['1a b_.'], ['1a bb_', '1a\u00a0b_.']],
];

test('says yes and no as RE2 does', () => {
  for (const [pattern, yes, no] of TABLE) {
    for (const text of yes) assert.equal(found(pattern, text), true, `${pattern} in ${JSON.stringify(text)}`);
    for (const text of no) assert.equal(found(pattern, text), false, `${pattern} not in ${JSON.stringify(text)}`);
  }
});

describe('what is no pattern', () => {
  const NOT_LINEAR = 'which no pattern in linear time can: say it in CEL, with && and !';
  const REFUSED: readonly (readonly [pattern: string, under: string, why: string])[] = [
    ['(((', '(', 'has no closing bracket'],
    ['a)', ')', 'closes nothing'],
    ['*a', '*', 'repeats nothing: there is nothing before it'],
    ['a|+', '+', 'repeats nothing: there is nothing before it'],
    ['a++', '++', 'repeats a repetition: put the first into brackets'],
    ['a{3,2}', '{3,2}', 'counts backwards'],
    ['a{1001}', '{1001}', 'repeats too often: at most 1000 times'],
    ['(a{100}){1000}', '(a{100}){1000}', 'is too large once its repetitions are written out'],
    ['[ab', '[ab', 'has no closing "]"'],
    ['[z-a]', 'z-a', 'is no range'],
    ['[[:letters:]]', '[:letters:]', 'is no class of characters'],
    ['\\p{Klingon}', '\\p{Klingon}', 'is no category or script of Unicode'],
    ['x(?=y)', '(?=', `looks ahead, ${NOT_LINEAR}`],
    ['(?!wip)', '(?!', `looks ahead, ${NOT_LINEAR}`],
    ['(?<=a)b', '(?<=', `looks behind, ${NOT_LINEAR}`],
    ['(?<!a)b', '(?<!', `looks behind, ${NOT_LINEAR}`],
    ['(?>a)', '(?>', 'is for patterns that go back, and these never do: write (?:'],
    ['(a)\\1', '\\1', 'refers back to a group, which no pattern in linear time can'],
    ['(?<n>a)\\k<n>', '\\k', 'refers back to a group, which no pattern in linear time can'],
    ['\\u20ac', '\\u', 'is not known: a character is written \\x{20ac}'],
    ['(?x:a)', '(?x', 'is no group that is known'],
    ['a\\', '\\', 'ends it with a backslash: write \\\\ for the character'],
  ];

  for (const [pattern, under, why] of REFUSED) {
    test(pattern, () => assert.deepEqual(refused(pattern), { message: `"${under}" ${why}`, under }));
  }

  test('nests without end, or closes nothing for ever', () => {
    assert.match(refused('('.repeat(100_000)).message, /nests too deeply/);
    assert.match(refused('['.repeat(100_000)).message, /has no closing/);
  });
});

// Written so that both read it alike: the platform has no classes of POSIX, and other ideas of space and case.
const atom = fc.constantFrom(
  'a',
  'b',
  'A',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '\\w',
  '\\b',
  '^',
  '$',
  '1',
  '\\.',
  '[a-c]',
  '😀',
);
const pattern = fc.letrec<{ readonly any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    atom,
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    fc
      .tuple(tie('any'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,2}', '{2,}', '*?'))
      .map(([part, times]) => `(?:${part})${times}`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a}|${b})`),
    // Not `i`: V8 forgets it in a choice, and says that (?i:(1|a)) is not in "A" (13.6). The table has those.
    fc.tuple(fc.constantFrom('s', 'm'), tie('any')).map(([flag, part]) => `(?${flag}:${part})`),
  ),
})).any;
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '1', ' ', '\n', '.', '😀', 'c'), maxLength: 8 });

test('finds what the platform finds, in texts that do not make it go back for long', () => {
  fc.assert(
    fc.property(pattern, text, (written, said) => {
      assert.equal(found(written, said), new RegExp(written, 'u').test(said), `${written} in ${JSON.stringify(said)}`);
    }),
    { numRuns: 2_000 },
  );
});
