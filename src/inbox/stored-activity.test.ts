import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORM_1, SAID_IN_FORM_1 } from '../../tests/fixtures/form-1.ts';
import { fromStored, inNewestForm, toStored } from './stored-activity.ts';

test('what was stored in an earlier form says the same, and of what it lacks nothing', () => {
  for (const [index, json] of FORM_1.entries()) {
    assert.deepEqual(fromStored(json), SAID_IN_FORM_1[index]);
    assert.deepEqual(fromStored(inNewestForm(json)), SAID_IN_FORM_1[index]);
  }
});

test('what is stored says in which form, and stays what it is when it is written anew', () => {
  for (const content of SAID_IN_FORM_1) {
    const json = toStored(content);
    assert.equal(JSON.parse(json).form, 2);
    assert.equal(inNewestForm(json), json);
  }
});

test('a process of the release before, which goes on beside this one, reads all of it', () => {
  const [before = ''] = FORM_1;
  const { form: _, mentions, ...said } = JSON.parse(inNewestForm(before));
  const { mentions: called, ...fields } = JSON.parse(before);
  // It takes what is added since for nothing that it knows.
  const known = Object.keys(fields).map((name) => [name, said[name]]);
  assert.deepEqual(Object.fromEntries(known), fields);
  assert.deepEqual(mentions[0], called[0]);
});

test('whether a rule wants one conversation, or all of the channel to see it, stays said, and where none says so nothing is', () => {
  const [content] = SAID_IN_FORM_1;
  assert(content);
  for (const isThreaded of [true, false]) {
    assert.deepEqual(fromStored(inNewestForm(toStored({ ...content, isThreaded }))), { ...content, isThreaded });
  }
  const loud = { ...content, isBroadcast: true } as const;
  assert.deepEqual(fromStored(inNewestForm(toStored(loud))), loud);
  const plain = fromStored(toStored(content));
  assert.ok(!('isThreaded' in plain) && !('isBroadcast' in plain));
});
