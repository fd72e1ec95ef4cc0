import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import picomatch from 'picomatch';
import { GlobLists } from './glob-list.ts';
import { StepBudget } from './steps.ts';

function matches(patterns: string | readonly string[], text: string, ignoreCase = false): boolean {
  return new GlobLists().compile([patterns].flat(), { ignoreCase })(text, new StepBudget());
}

const TABLE: readonly (readonly [glob: string, yes: readonly string[], no: readonly string[]])[] = [
  ['main', ['main'], ['main2', 'Main', 'x/main']],
  ['*', ['main', '.github'], ['a/b']],
  ['release/*', ['release/1'], ['release', 'release/1/2']],
  ['release/**', ['release/1', 'release/1/2'], ['release', 'releases/1']],
  ['**', ['a', 'a/b/c'], []],
  ['**/*.md', ['a.md', 'docs/a.md', 'docs/b/a.md'], ['a.mdx']],
  ['docs/**/*.md', ['docs/a.md', 'docs/b/c/a.md'], ['a.md']],
  ['docs/**.md', ['docs/a.md', 'docs/b/a.md'], ['docs/a.txt']],
  ['src/**/test/**', ['src/test/a', 'src/a/test/b/c'], ['src/tests/a']],
  ['v?.?', ['v1.2'], ['v1.', 'v1/2']],
  ['v[0-9].[!0-9]', ['v1.x'], ['v1.2', 'vx.x', 'v1./']],
  ['{main,release/{1,2}}', ['main', 'release/2'], ['release/3', 'release/{1,2}']],
  ['*.{ts,tsx}', ['a.ts', 'a.tsx'], ['a.js']],
  ['{,v}1', ['1', 'v1'], ['vv1']],
  ['{**/*.ts,docs/**}', ['a.ts', 'src/a.ts', 'docs/a'], ['src/a.js']],
  // What is no glob is plain.
  ['a(b)|c+^$"', ['a(b)|c+^$"'], ['ab', 'c']],
  ['a[', ['a['], ['a']],
  ['[z-a]', ['[z-a]'], ['z', 'a']],
  ['{a', ['{a'], ['a']],
  ['{a}', ['{a}'], ['a']],
  ['{a{b,c}', ['{ab', '{ac'], ['ab']],
  ['a,b}', ['a,b}'], ['a']],
  ['\\*\\{a,b\\}', ['*{a,b}'], ['x{a,b}', '*a']],
  ['[\\]a]', [']', 'a'], ['\\']],
  ['[]a]', [']', 'a'], ['[]a]']],
  ['a\\', ['a\\'], ['a']],
];

test('matches names as the reference says', () => {
  for (const [glob, yes, no] of TABLE) {
    for (const name of yes) assert.equal(matches(glob, name), true, `${glob} ${name}`);
    for (const name of no) assert.equal(matches(glob, name), false, `${glob} not ${name}`);
  }
});

test('an exclusion wins wherever it stands, and alone means everything but', () => {
  assert.equal(matches(['!wip/**', 'wip/**'], 'wip/a'), false);
  assert.equal(matches(['!wip/**'], 'main'), true);
  assert.equal(matches(['ACME/*', '!acme/SANDBOX'], 'acme/sandbox', true), false);
  assert.equal(matches(['ACME/*', '!acme/SANDBOX'], 'acme/api', true), true);
});

test('brackets and braces without end or measure are read at once', () => {
  for (const part of ['{', '{a,', '{a,{b,', '[', '{a,b}', '{{a,b},c}', '**/', '*{a,*}']) {
    assert.equal(matches(part.repeat(Math.floor(250 / part.length)), 'z/z'), false, part);
  }
});

// picomatch (https://github.com/micromatch/picomatch) where docs/configuration.md promises something: whole segments of `**`, and
// names as Git has them.
const segment = fc
  .string({ unit: fc.constantFrom('a', 'b', '-', '.', 'A', 'é'), minLength: 1, maxLength: 4 })
  .filter((text) => text !== '.' && text !== '..');
const name = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const piece = fc.constantFrom('a', 'b', '-', '.', 'A', 'é', '?', '*', '[ab]', '[a-b]', '{a,b}', '{a,b-}', '{a,{b,A}}');
const globSegment = fc
  .string({ unit: piece, minLength: 1, maxLength: 4 })
  .filter((text) => !text.includes('**') && text !== '.' && text !== '..');
const glob = fc
  .array(fc.oneof({ weight: 4, arbitrary: globSegment }, fc.constant('**')), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('/'));

test('matches what picomatch matches', () => {
  const options = { dot: true, nonegate: true, noextglob: true, strictSlashes: true };
  fc.assert(
    fc.property(glob, name, fc.boolean(), (written, text, nocase) => {
      const expected = picomatch.makeRe(written, { ...options, nocase }).test(text);
      assert.equal(matches(written, text, nocase), expected, `${written} ${text}`);
    }),
    { numRuns: 3_000 },
  );
});

test('of several names one that is wanted is enough, and so is one that is left out', () => {
  const names = fc.array(fc.constantFrom('CI', 'ci.yml', 'Build [a]', '.github/workflows/ci.yml'));
  const patterns = fc.array(fc.constantFrom('ci', '*.yml', 'build [a]', '**', '!ci.yml', '!CI', '!Nightly'), {
    minLength: 1,
  });
  fc.assert(
    fc.property(patterns, names, (asked, called) => {
      const lists = new GlobLists();
      const one = (pattern: string) => called.some((name) => lists.compileNames([pattern])(name, new StepBudget()));
      const wanted = asked.filter((pattern) => !pattern.startsWith('!'));
      const isIn = wanted.length === 0 ? called.length > 0 : wanted.some(one);
      const isOut = asked.some((pattern) => pattern.startsWith('!') && one(pattern.slice(1)));
      assert.equal(lists.compileAnyOfNames(asked)(called, new StepBudget()), isIn && !isOut);
    }),
  );
});
