import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Heard } from '../../model/known/card.ts';
import { learnedFrom } from './learned.ts';
import { factsFromStored } from './stored-facts.ts';

const HEARD: Heard = { thread: 't', facts: { state: { value: 'open', at: 5, eventId: 7 } } };
const STORED = '{"state":["open",5,7]}';
const before = (facts: string) => new Map([['t', { thread: 't', version: 3, facts }]]);

test('what is known already is not written again', () => {
  assert.deepEqual(learnedFrom([HEARD, HEARD], before(STORED)), []);
});

test('a newer time is written, and is no news; another value is', () => {
  const written = (facts: string) =>
    learnedFrom([HEARD], before(facts)).map(({ version, isNews }) => [version, isNews]);
  assert.deepEqual(written('{"state":["open",4,6]}'), [[3, false]]);
  assert.deepEqual(written('{"state":["draft",4,6]}'), [[4, true]]);
  assert.deepEqual(written('{}'), [[4, true]]);
});

test('what damage has left of facts is read as far as it goes', () => {
  for (const text of ['', '{', 'null', '7', '[1]', '{"state":7}', '{"state":["open"]}', '{"state":["open",1,"2"]}']) {
    assert.deepEqual(factsFromStored(text), {}, text);
    assert.deepEqual(learnedFrom([HEARD], before(text))[0]?.facts, STORED);
  }
});
