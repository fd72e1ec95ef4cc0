import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTidings, destination, githubSource, type Message } from '../../src/index.ts';
import { SHAPES } from '../../src/sources/github/shapes.ts';
import { githubExamples } from '../fixtures/github-examples.ts';
import { dataDir, drained, openInbox } from '../support/data-dir.ts';
import { type Delivery, headersOf } from '../support/github.ts';
import { FULL, tried } from '../support/long-form.ts';
import { SECRET } from '../support/tidings-process.ts';

/** One of GitHub's payloads for each type of event; a ninth of them in npm test, all of them with ATTACK=full. */
function captured(): readonly Delivery[] {
  const byType = new Map(githubExamples().map(({ type, payload }) => [type, payload]));
  const all = [...byType].map(([type, payload]) => ({
    type,
    body: Buffer.from(JSON.stringify(payload)),
    guid: randomUUID(),
    hookId: '1',
  }));
  return FULL ? all : all.filter((_, index) => index % 9 === 0);
}

/** What whoever captured one delivery can vary: nothing in a header is signed. */
function forgeries(genuine: Delivery): readonly { readonly sent: Delivery; readonly more: Record<string, string> }[] {
  const types = [...SHAPES.keys(), 'secret_found', genuine.type.toUpperCase(), `${genuine.type} `];
  const hook = () => ({ hookId: randomUUID() });
  return [
    ...types.map((type) => ({ sent: { ...genuine, type, ...hook() }, more: {} })),
    { sent: { ...genuine, guid: randomUUID() }, more: {} },
    { sent: { ...genuine, guid: genuine.guid.toUpperCase(), ...hook() }, more: {} },
    { sent: { ...genuine, hookId: undefined }, more: {} },
    { sent: { ...genuine, ...hook() }, more: { 'content-type': 'application/x-www-form-urlencoded' } },
    { sent: { ...genuine, ...hook() }, more: { 'x-github-hook-installation-target-type': 'organization' } },
    { sent: { ...genuine, ...hook() }, more: { 'x-github-enterprise-host': 'evil.example' } },
  ];
}

for (const order of ['after', 'before'] as const) {
  test(`what is forged from one capture, sent ${order} it, is never announced beside it`, async (t) => {
    await using folder = await dataDir();
    const told: string[] = [];
    const kindOf = (message: Message) => (message.kind === 'single' ? message.notification.activity.kind : 'a digest');
    const team = destination({ name: 'team', send: (message) => void told.push(kindOf(message)) });
    const sources = ['github', 'mirror'].map((name) => githubSource({ name, secrets: [SECRET] }));
    const rules = [{ name: 'all', on: '*' as const }];
    const database = join(folder.path, 'tidings.db');
    await using tidings = await createTidings({ database, sources, destinations: [team], rules, log: 'silent' });
    const post = async (source: string, sent: Delivery, more: Record<string, string> = {}) => {
      const body = new Uint8Array(sent.body);
      const init = { method: 'POST', headers: { ...headersOf(sent), ...more }, body };
      const answer = await tidings.fetch(new Request(`http://localhost/webhooks/${source}`, init));
      assert.equal(answer.status, 200);
    };
    let attacks = 0;
    const deliveries = captured();
    for (const genuine of deliveries) {
      if (order === 'after') await post('github', genuine);
      // What comes first, and fits, is taken for genuine: only other types are sent before.
      const forged = order === 'after' ? forgeries(genuine) : forgeries(genuine).slice(0, SHAPES.size + 1);
      const posted = forged
        .filter(({ sent }) => order === 'after' || sent.type !== genuine.type)
        .flatMap(({ sent, more }) => sources.map(({ name }) => post(name, sent, more)));
      attacks += (await Promise.all(posted)).length;
      if (order === 'before') await post('github', genuine);
    }
    await tidings.start();
    await using inbox = await openInbox(folder.path);
    await drained(inbox);
    const announced = new Set(told.map((kind) => kind.split('.')[0]));
    const genuineTypes = new Set(deliveries.map(({ type }) => type));
    tried(t, attacks, `forgeries of ${deliveries.length} deliveries`);
    assert.deepEqual(
      [...announced].filter((type) => !genuineTypes.has(type ?? '')),
      [],
    );
    assert.equal(told.length, announced.size, 'each at most once');
    assert(told.length > deliveries.length / 2, 'the genuine ones are announced');
  });
}
