import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { CATALOG } from '../../catalog.ts';
import type { EventCatalog } from '../../model/event-catalog.ts';
import type { Catalog } from '../../model/plugin/catalog.ts';
import type { Provider } from '../../model/plugin/provider.ts';
import { readConfigFile } from '../read/read-config-file.ts';
import { rowsOf } from '../rows/rows.ts';
import { eventsOf } from './known-events.ts';
import { remarksOn } from './remarks.ts';

const PAYMENTS: EventCatalog = {
  'customer.subscription': { actions: { updated: { minor: 'often' }, deleted: 'told' }, facets: [] },
  payment_intent: { actions: { succeeded: 'told', payment_failed: 'told' }, facets: [], alsoCalled: ['payment'] },
  issues: { actions: { frozen: 'told', opened: { minor: 'often' } }, facets: ['severity'] },
};
const CODE: EventCatalog = {
  issues: { actions: { opened: 'told', closed: 'told' }, facets: ['labels'] },
  push: { actions: { '': 'told' }, facets: ['branch'], alsoCalled: ['commit', 'commits'] },
};

function sending(title: string, events: EventCatalog): Catalog['providers'][string] {
  const provider: Provider<unknown> = {
    title,
    words: () => title,
    proof: () => 'signature',
    secret: { variable: `${title.toUpperCase()}_SECRET`, from: 'chosen' },
    schema: async () => ({ text: '', keys: {} }),
    source: () => Promise.reject(new Error('not asked here')),
    events: async () => events,
  };
  return async () => ({ provider });
}

const table: Catalog = {
  ...CATALOG,
  providers: { payments: sending('Payments', PAYMENTS), code: sending('Code', CODE) },
  byDefault: { ...CATALOG.byDefault, provider: 'code' },
};

async function problems(rule: string, providers: readonly string[]): Promise<readonly string[]> {
  await using folder = await dataDir();
  const sources = providers.map((provider) => `${provider}: { provider: ${provider} }`).join(', ');
  writeFileSync(join(folder.path, 'tidings.yaml'), `sources: { ${sources} }\nrules: [{ on: ${rule} }]\n`);
  const file =
    (await readConfigFile({ env: {}, cwd: folder.path, problems: [], plainKeys: async () => new Set() })) ??
    assert.fail('not read');
  const remarks = await remarksOn(file, [], {
    rows: await rowsOf(table),
    sources: [],
    destinations: [],
    expected: [],
    catalog: table,
    names: 'known',
  });
  return remarks.filter(({ kind }) => kind === undefined).map(({ message }) => message);
}

test("one provider's events are no misspelt ones of another", async () => {
  const on = '{ payment_intent: [succeeded], customer.subscription: [updated], push: , issues: [frozen] }';
  assert.deepEqual(await problems(on, ['code', 'payments']), []);
});

test('an event may be named whole, also where its type has dots, and where it is too new to be known', async () => {
  const on = '[payment_intent.succeeded, customer.subscription.deleted, treasury.credit.deleted]';
  assert.deepEqual(await problems(on, ['payments']), []);
  assert.deepEqual(
    await problems('{ payment_intent.succeeded: , customer.subscription.updated: {} }', ['payments']),
    [],
  );
});

test('a whole name as its provider writes it, with a colon or a slash, is told how it is spelt here', async () => {
  const names =
    '["payment_intent:succeeded", payment_intent/suceeded, customer.subscription:paused, "issues:opened", a:b]';
  assert.deepEqual(await problems(names, ['payments']), [
    '"payment_intent:succeeded" is not a Payments event. Did you mean "payment_intent.succeeded"?',
    '"payment_intent/suceeded" is not a Payments event. Did you mean "payment_intent.succeeded"?',
    '"customer.subscription:paused" is not a Payments event. Did you mean "customer.subscription.paused"?',
    '"issues:opened" is not a Payments event. Did you mean "issues.opened"?',
    '"a:b" is not a Payments event. They are written as in payment_intent, and * is all of them.',
  ]);
  assert.deepEqual(await problems('{ "payment_intent:succeeded": {} }', ['payments']), [
    '"payment_intent:succeeded" is not a Payments event. Did you mean "payment_intent.succeeded"?',
  ]);
});

test('a whole name that is misspelt is told how it is spelt, and its action is not said twice', async () => {
  assert.deepEqual(await problems('[payment_itent.succeeded, payment_intent.suceeded]', ['payments']), [
    '"payment_itent.succeeded" is not a Payments event. Did you mean "payment_intent.succeeded"?',
    '"suceeded" is not an action of payment_intent. Did you mean "succeeded"?',
  ]);
  assert.deepEqual(await problems('{ payment_intent.succeeded: [payment_failed] }', ['payments']), [
    'types is for an event\'s type, and "payment_intent.succeeded" names its action already: write `payment_intent: [succeeded, …]`, or leave types out.',
  ]);
  assert.deepEqual(await problems('{ payment_intent.succeeded: { branches: main } }', ['payments']), [
    'payment_intent.succeeded has no branch, so this would never match.',
  ]);
  assert.deepEqual(await problems('push.created', ['code']), [
    '"created" is no action: push has none. Write `push:` alone, or `push: { branches: … }` for a branch.',
  ]);
});

test('only what the sources send is known', async () => {
  assert.deepEqual(await problems('commit', ['code', 'payments']), [
    '"commit" is not a Code or Payments event. Did you mean "push"?',
  ]);
  assert.deepEqual(await problems('Payment', ['code']), [
    '"Payment" is not a Code event. They are written as in push, and * is all of them.',
  ]);
});

test('a filter is refused by what the event can say, with the events that can', async () => {
  const never = 'so this would never match';
  assert.deepEqual(await problems('{ payment_intent: { branches: main } }', ['code', 'payments']), [
    `payment_intent has no branch, ${never}: branches is for push.`,
  ]);
  assert.deepEqual(await problems('{ payment_intent: { branches: main } }', ['payments']), [
    `payment_intent has no branch, ${never}.`,
  ]);
  assert.deepEqual(await problems('{ issues: { severity: high } }', ['code', 'payments']), []);
});

test('nothing is said about the events of a source whose provider nobody knows', async () => {
  assert.deepEqual(await problems('{ anything: { branches: main } }', ['code', 'homemade']), []);
});

test('an event that two providers name alike is told if one of them tells it', async () => {
  const { catalog, senders } = await eventsOf(table, ['payments', 'code', 'payments']);
  assert.deepEqual(catalog['issues'], {
    actions: { opened: 'told', closed: 'told', frozen: 'told' },
    facets: ['severity', 'labels'],
    alsoCalled: [],
    mistaken: {},
  });
  assert.equal(senders, 'Payments or Code');
});
