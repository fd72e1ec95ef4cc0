import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOf, readFilter, withKey } from './filter.ts';

const NOW = Date.parse('2030-01-31T12:00:00Z');
const read = (q: string) => readFilter(q, NOW);

test('keys ask for fields, and what stands behind none is sought as words', () => {
  assert.deepEqual(read('source:shop  uploads fail state:dead repo:acme/api #12').filter, {
    source: 'shop',
    state: 'dead',
    repo: 'acme/api',
    text: 'uploads fail #12',
  });
  assert.deepEqual(read('').filter, {});
  assert.deepEqual(read('  ').filter, {});
});

test('quotes keep blanks together, also without an end', () => {
  assert.deepEqual(read('actor:"Mona Lisa" "two words"').filter, { actor: 'Mona Lisa', text: 'two words' });
  assert.deepEqual(read('actor:"Mona Lisa').filter, { actor: 'Mona Lisa' });
});

test('times are spans before now, days and times', () => {
  const since = (text: string) => read(`since:${text}`).filter.since;
  assert.equal(since('2h'), '2030-01-31T10:00:00.000Z');
  assert.equal(since('7d'), '2030-01-24T12:00:00.000Z');
  assert.equal(since('2030-01-30'), '2030-01-30T00:00:00.000Z');
  assert.equal(since('2030-01-30T08:30'), '2030-01-30T08:30:00.000Z');
  assert.equal(since('2030-01-30T08:30:00.000Z'), '2030-01-30T08:30:00.000Z');
  assert.equal(since('2030-01-30T08:30+02:00'), '2030-01-30T06:30:00.000Z');
  assert.match(read('since:yesterdayish').problems.join(), /since:yesterdayish is not a time/);
  assert.match(read('until:2030-13-45').problems.join(), /is not a time/);
});

test('a state that there is not is said, not ignored', () => {
  assert.match(read('state:lost').problems.join(), /state:lost is none of told, waiting/);
  assert.equal(read('state:lost').filter.state, undefined);
});

test('what looks like a key and is none is a word, and that is said', () => {
  const { filter, notes } = read('fix: repos:acme/api');
  assert.equal(filter.text, 'fix: repos:acme/api');
  assert.match(notes.join(' '), /repos: is not a filter/);
});

test('any line is read, and quickly', () => {
  for (const q of ['"', ':::', 'a:'.repeat(10_000), '"'.repeat(10_000), 'state:', '\u0000 \u202E source:\u202E'])
    read(q);
  assert.match(read('state:').notes.join(), /state: has no value/);
  assert.match(read('to:a to:b').notes.join(), /twice/);
  assert.equal(read('to:a to:b').filter.to, 'b');
});

test('a key is put into a line, in the place of what it asked before', () => {
  assert.equal(withKey('state:dead refund', 'state', 'told'), 'state:told refund');
  assert.equal(withKey('state:dead refund', 'state', null), 'refund');
  assert.equal(withKey('refund', 'actor', 'Mona Lisa'), 'actor:"Mona Lisa" refund');
});

test('the command asks the same, and no shell reads more into it', () => {
  assert.equal(
    commandOf({ state: 'dead', text: "it's $(rm)" }),
    String.raw`events --state dead --text 'it'\''s $(rm)'`,
  );
});
