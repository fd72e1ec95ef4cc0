import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activityOf, type Envelope, normalised } from './activity-of.ts';
import type { Told } from './told.ts';

const ENVELOPE: Envelope = {
  provider: 'acme',
  source: 'shop',
  id: 'e1',
  type: 'thing',
  action: 'made',
  fate: 'told',
  actor: null,
  place: { name: 'Acme', url: 'https://acme.test' },
  page: null,
  occurredAt: 5,
};
const TOLD: Told = { headline: 'Thing made', noun: 'thing', title: 'One' };

test('a family says little, and the envelope the rest', () => {
  const { kind, said, subject, keys, place, actor, isMinor } = activityOf(ENVELOPE, TOLD);
  assert.deepEqual(
    { kind, tone: said.tone, url: subject?.url, keys, place, actor, isMinor },
    {
      kind: 'thing.made',
      tone: 'neutral',
      url: 'https://acme.test',
      keys: { dedup: 'acme:e1', echo: null, thread: null, burst: null },
      place: ENVELOPE.place,
      actor: null,
      isMinor: false,
    },
  );
});

test('keys begin with the provider', () => {
  const result = { key: 'pipeline main', run: '7', passed: true, headlines: {} };
  const { keys, result: ran } = activityOf(ENVELOPE, {
    ...TOLD,
    thread: '12',
    happening: 'made 1',
    burst: 'b',
    result,
  });
  assert.deepEqual(keys, { dedup: 'acme:made 1', echo: null, thread: 'acme 12', burst: 'acme b' });
  assert.equal(ran?.key, 'acme pipeline main');
});

test('a family may say what the envelope says in general, also that there is nobody and nowhere', () => {
  const mona = { login: 'mona', url: null, avatarUrl: null, isBot: false };
  assert.equal(activityOf({ ...ENVELOPE, actor: mona }, { ...TOLD, by: null }).actor, null);
  assert.equal(activityOf(ENVELOPE, { ...TOLD, by: mona }).actor, mona);
  assert.equal(activityOf(ENVELOPE, { ...TOLD, place: null }).place, null);
  assert.equal(activityOf(ENVELOPE, { ...TOLD, facets: { branch: 'main' } }).facets.branch, 'main');
});

test('minor is what the catalogue says, and where it leaves that open, the family', () => {
  const isMinor = (fate: Envelope['fate'], told: object) =>
    activityOf({ ...ENVELOPE, fate }, { ...TOLD, ...told }).isMinor;
  assert.equal(isMinor({ minor: 'often' }, {}), true);
  assert.equal(isMinor({ minorWhen: 'small' }, { isMinor: true }), true);
  assert.equal(isMinor({ minorWhen: 'small' }, {}), false);
  assert.equal(isMinor('told', { isMinor: true }), false);
});

test('what is never told is skipped unread, and a family may skip as well', () => {
  const never = { ...ENVELOPE, fate: { never: 'another event tells it' } };
  const unread = () => assert.fail('it was read');
  assert.deepEqual(normalised(never, unread), {
    kind: 'skip',
    reason: 'thing.made: another event tells it',
    action: 'made',
  });
  assert.deepEqual(
    normalised(ENVELOPE, () => ({ skip: 'empty' })),
    { kind: 'skip', reason: 'empty', action: 'made' },
  );
});
