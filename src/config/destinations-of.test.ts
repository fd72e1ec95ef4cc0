import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as z from 'zod/mini';
import { CATALOG } from '../catalog.ts';
import type { Catalog } from '../model/plugin/catalog.ts';
import type { Channel } from '../model/plugin/channel.ts';
import { Secret } from '../shared/secret.ts';
import { describeConfig } from './describe/describe-config.ts';
import { loadConfig } from './load-config.ts';
import { secret, shaped } from './parts/values.ts';
import { rowsOf } from './rows/rows.ts';

const ID = /^\d{6,}$/;

/** Has a room, and people with numbers for ids. */
const ACME: Channel<{ readonly key: Secret; readonly room?: string }> = {
  title: 'Acme Chat',
  can: { digest: 2, thread: null, card: null, edit: false, everybody: false, dedup: null },
  words: ({ room }) => `room ${room}`,
  byDefault: {
    variable: 'ACME_KEY',
    settings(env) {
      const key = env.text('ACME_KEY');
      return key === null ? null : { settings: { key: new Secret(key) }, variables: { key: 'ACME_KEY' } };
    },
  },
  readerOf: ({ room = '' }) => (ID.test(room) ? room : null),
  schema: async () => ({
    text: 'a room.',
    keys: {
      key: {
        value: z.pipe(
          shaped((text) => (text.includes('k') ? undefined : 'is no key.')),
          secret,
        ),
        without: 'needed',
        text: 'Its key.',
        hint: 'give the key, as in "${ACME_KEY}".',
        secret: 'value',
      },
      room: { value: z.optional(z.string()), without: 'the lobby', text: 'Which room.' },
    },
    addressOf: ({ room }) => (typeof room === 'string' ? { address: room, key: 'room', what: 'room' } : null),
    person: {
      value: z.optional(shaped((text) => (ID.test(text) ? undefined : 'must be a number of Acme.'))),
      without: null,
      text: 'Their number.',
      noun: 'number',
      example: '123456',
      pattern: ID.source,
    },
  }),
  open: () => Promise.reject(new Error('not asked here')),
};
const WITH_ACME: Catalog = {
  ...CATALOG,
  channels: { ...CATALOG.channels, acme: async () => ({ channel: ACME }) },
};
const KNOWN = { GITHUB_WEBHOOK_SECRET: 'known' };

async function load(t: TestContext, yaml: string | null, env: Readonly<Record<string, string>> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-destinations-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  if (yaml !== null) writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  return loadConfig({ catalog: WITH_ACME, env: { ...KNOWN, ...env }, cwd });
}

test('a row of the table is all there is to a destination type: settings, words, redaction, whose it is', async (t) => {
  const yaml = `destinations:
  lobby: { type: acme, key: "\${K}" }
  mona: { type: acme, key: k-verysecret, room: "123456" }
people: { mona: "123456", priya-k: U012AB3CD }
rules: [{ on: push, ignore: own }]
`;
  const config = await load(t, yaml, { K: 'k-hidden' });
  assert.deepEqual(
    config.destinations.map(({ name, type, service, words }) => [name, type, service, words]),
    [
      ['lobby', 'acme', 'Acme Chat', 'room undefined'],
      ['mona', 'acme', 'Acme Chat', 'room 123456'],
    ],
  );
  assert.deepEqual([...config.directory.owners], [['mona', 'mona']]);
  assert.deepEqual(config.directory.people.get('mona'), { ids: { acme: '123456' } });
  assert.deepEqual(config.directory.people.get('priya-k'), { ids: { slack: 'U012AB3CD' } });
  const described = describeConfig(config, await rowsOf(WITH_ACME));
  assert.deepEqual(described['destinations'], {
    lobby: { type: 'acme', key: '[secret]' },
    mona: { type: 'acme', key: '[secret]', room: '123456' },
  });
  assert.deepEqual(described['people'], { mona: { acme: '123456' }, 'priya-k': { slack: 'U012AB3CD' } });
});

const WRONG: readonly (readonly [yaml: string, said: RegExp])[] = [
  ['destinations: { a: { type: acme } }', /key is missing: give the key, as in "\$\{ACME_KEY\}"\./],
  ['destinations: { a: { type: acme, key: k, rom: x } }', /rom is not a key here\. Did you mean "room"\?/],
  ['destinations: { a: { type: acem, key: k } }', /type cannot be "acem"\. Did you mean "acme"\?/],
  [
    'destinations: { a: { type: acme, key: k, room: x }, b: { type: acme, key: k2, room: x } }',
    /b and a post to the same room: together they would go faster than Acme Chat allows\./,
  ],
  ['acme: { key: k }', /Acme Chat is a destination: `destinations: \{ team: \{ type: acme, … \} \}`\./],
  ['rules: [{ on: push, to: acme }]', /Acme Chat is not connected: set ACME_KEY, or leave `to` out/],
  ['people: { mona: { acme: x } }', /acme must be a number of Acme\./],
  [
    'people: { mona: {} }',
    /mona says nothing: give slack, the member id, as in U012AB3CD, .*or acme, the number, as in 123456\./,
  ],
];

for (const [yaml, said] of WRONG) {
  test(`a mistake is told by the row: ${yaml}`, (t) => assert.rejects(load(t, `${yaml}\n`), said));
}

test('excerpts show the values of plain keys and no others', async (t) => {
  const yaml = 'destinations: { a: { type: acme, key: nope, room: [very-plain] } }\n';
  await assert.rejects(load(t, yaml), (error) => {
    assert.match(String(error), /key: \[secret\], room: \[very-plain\]/);
    return true;
  });
});

test('in a file without destinations there is one of each type that variables make', async (t) => {
  const hook = 'https://hooks.slack.com/services/T0/B0/verysecret';
  const names = async (env: Readonly<Record<string, string>>, yaml: string | null = null) =>
    (await load(t, yaml, env)).destinations.map(({ name }) => name);
  assert.deepEqual(await names({}), ['console']);
  assert.deepEqual(await names({ ACME_KEY: 'k' }), ['acme']);
  assert.deepEqual(await names({ ACME_KEY: 'k', SLACK_WEBHOOK_URL: hook }), ['slack', 'acme']);
  const { rules } = await load(t, 'rules: [{ on: push, to: acme }]\n', { ACME_KEY: 'k', SLACK_WEBHOOK_URL: hook });
  assert.deepEqual(rules[0]?.to, ['acme']);
});
