import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Destination, PersonFound } from '../../model/destination.ts';
import type { Heard, SubjectState } from '../../model/known/card.ts';
import { heardOf, mergedFacts } from '../../model/known/facts.ts';
import { knownOf } from '../../model/known/person.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import type { JobContext } from '../context.ts';
import { createFindPeople } from './find-people.ts';

const DAY = 24 * 3_600_000;

function setUp(answers: Record<string, PersonFound>, written: Record<string, string> = {}) {
  const subjects = new Map<string, SubjectState>();
  const learn = (heard: readonly Heard[]) => {
    for (const { thread, facts } of heard) {
      const before = subjects.get(thread)?.facts ?? {};
      subjects.set(thread, { thread, version: 1, facts: mergedFacts(before, facts) });
    }
  };
  const asked: string[] = [];
  const warned: string[] = [];
  let now = 1_000;
  const clock = { now: () => now, monotonic: () => now, after: () => () => undefined } as unknown as Clock;
  const inbox = {
    subjects: async (threads: readonly string[]) => threads.map((thread) => subjects.get(thread) ?? null),
    learn: async (heard: readonly Heard[]) => learn(heard),
  } as unknown as JobContext['inbox'];
  const log = { warn: (_: object, text: string) => warned.push(text) } as unknown as Logger;
  const signal = new AbortController().signal;
  const shutdown = { stopping: signal, aborting: signal, quitting: signal };
  const known = new Map(Object.entries(written).map(([login, id]) => [login, { ids: { chat: id } }]));
  const people = new Map<string, { readonly ids: Readonly<Record<string, string>> }>(known);
  const destination = {
    name: 'team',
    type: 'chat',
    findPerson: async (email: string) => {
      asked.push(email);
      return answers[email] ?? { kind: 'nobody', why: 'no such address' };
    },
  } as unknown as Destination;
  const find = createFindPeople({
    context: { inbox, clock, log, shutdown },
    byEmail: { written: known, people, words: [] },
    destinations: [destination, { name: 'other', type: 'other' } as Destination],
  });
  assert.ok(find);
  return {
    asked,
    warned,
    answers,
    find,
    idOf: (login: string) => people.get(login)?.ids['chat'],
    says: (login: string, email: string) => learn(heardOf(knownOf([{ login, email }]), { id: now, receivedAt: now })),
    pass: (ms: number) => (now += ms),
    forget: (thread: string) => subjects.delete(thread),
  };
}

const found = (id: string): PersonFound => ({ kind: 'found', id });

test('who is found is known for a week, who is not for a day; one of several addresses is enough', async () => {
  const here = setUp({ 'mona@acme.test': found('U1') });
  here.says('Mona', 'mona@acme.test');
  here.pass(1);
  here.says('mona', 'mona@home.test');
  here.says('zoe', 'zoe@acme.test');
  await here.find(['MONA', 'zoe', 'mona', 'acme/team', 'renovate[bot]', 'unseen']);
  assert.deepEqual(here.asked, ['mona@home.test', 'mona@acme.test', 'zoe@acme.test']);
  assert.deepEqual([here.idOf('mona'), here.idOf('zoe')], ['U1', undefined]);
  here.pass(DAY - 1);
  await here.find(['mona', 'zoe']);
  assert.equal(here.asked.length, 3);
  here.answers['zoe@acme.test'] = found('U2');
  here.pass(2);
  await here.find(['mona', 'zoe']);
  assert.deepEqual([here.asked.length, here.idOf('zoe')], [4, 'U2']);
  here.pass(7 * DAY);
  delete here.answers['mona@acme.test'];
  await here.find(['mona']);
  assert.equal(here.idOf('mona'), undefined, 'she has left');
});

test('what people says wins; an address of two, and a member whom people has, are nobody', async () => {
  const here = setUp({ 'mona@acme.test': found('U1'), 'priya@acme.test': found('U9') }, { priya: 'U9', ada: 'U3' });
  here.says('ada', 'mona@acme.test');
  await here.find(['ada', 'priya']);
  assert.deepEqual([here.asked, here.idOf('ada')], [[], 'U3']);
  here.says('priya-k', 'priya@acme.test');
  here.says('eve', 'mona@acme.test');
  await here.find(['priya-k', 'eve']);
  assert.deepEqual([here.asked, here.idOf('priya-k'), here.idOf('eve')], [['priya@acme.test'], undefined, undefined]);
});

test('whose address turns out to be another one’s too is nobody from then on, and so is who was forgotten', async () => {
  const here = setUp({ 'mona@acme.test': found('U1'), 'zoe@acme.test': found('U2') });
  here.says('mona', 'mona@acme.test');
  here.says('zoe', 'zoe@acme.test');
  await here.find(['mona', 'zoe']);
  assert.deepEqual([here.idOf('mona'), here.idOf('zoe')], ['U1', 'U2']);
  here.says('eve', 'mona@acme.test');
  here.forget('person zoe');
  await here.find(['mona', 'eve', 'zoe']);
  assert.deepEqual([here.idOf('mona'), here.idOf('eve'), here.idOf('zoe')], [undefined, undefined, undefined]);
});

test('a failure stops the asking for a while, and takes nobody away who was found', async () => {
  const here = setUp({ 'mona@acme.test': found('U1') });
  for (const login of ['mona', 'zoe', 'ada']) here.says(login, `${login}@acme.test`);
  await here.find(['mona']);
  here.pass(8 * DAY);
  here.answers['mona@acme.test'] = { kind: 'failed', why: 'busy', retryAfterMs: 600_000 };
  await here.find(['mona', 'zoe']);
  assert.deepEqual([here.idOf('mona'), here.asked.length, here.warned.length], ['U1', 2, 1]);
  here.pass(599_000);
  await here.find(['zoe']);
  assert.equal(here.asked.length, 2);
  here.answers['zoe@acme.test'] = found('U2');
  here.pass(2_000);
  await here.find(['zoe']);
  assert.equal(here.idOf('zoe'), 'U2');
});
