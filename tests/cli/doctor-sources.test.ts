import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from '../support/data-dir.ts';
import { newWorld, run } from './test-cli.ts';

interface Finding {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly fix: string | null;
}

const LONG = 'a'.repeat(8).concat('-secret-of-a-natural-length');

const FILE = `
sources:
  pay: { provider: square, secrets: ${LONG} }
  paid: { provider: square, secrets: ${LONG}1, notification_url: "https://hooks.acme.dev/square" }
  phone: { provider: twilio, secrets: 0123456789abcdef0123456789abcdef }
  shop: { provider: generic, secrets: ${LONG}2, template: "{url}.{body}" }
  backup: { provider: generic, scheme: basic, secrets: ${LONG}3 }
  monitors: { provider: datadog, secrets: "tidings:short-password" }
  code: { provider: gitlab, secrets: ${LONG}4 }
  signed: { provider: gitlab, secrets: whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY= }
  game: { provider: discord, secrets: "private:${'0f'.repeat(32)}" }
  bot: { provider: discord, secrets: not-a-public-key-of-discord }
  money: { provider: paypal, secrets: 8PT597110X687430L }
`;

async function findings(env: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  await using dir = await dataDir();
  writeFileSync(join(dir.path, 'tidings.yaml'), FILE);
  const { stdout } = await run(newWorld({ PORT: '1', ...env }, dir.path), ['doctor', '--json']);
  const all = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
  return all.filter(({ name, status }) => status !== 'ok' && /^(?:address|secret|signature) of /.test(name));
}

const shown = (all: readonly Finding[]) => all.map(({ name, status }) => `${status} ${name}`);

test('doctor says of each source what can be known here: addresses that are signed, weak or wrong secrets', async () => {
  const all = await findings({});
  assert.deepEqual(shown(all), [
    'fail secret of bot',
    'warn address of pay',
    'warn address of phone',
    'warn address of shop',
    'warn secret of monitors',
    'warn signature of code',
    'warn secret of game',
  ]);
  const text = JSON.stringify(all);
  assert.match(text, /one is no public key: it has 64 hex digits.*tidings connect discord-source/);
  assert.match(
    text,
    /Square signs the address that it calls[^}]*Set PUBLIC_URL, or `notification_url:` of this source\./,
  );
  assert.ok(!text.includes(LONG) && !text.includes('short-password') && !text.includes('0f0f'));
});

test('in clear text nothing that proves by itself shall pass; PayPal calls https alone', async () => {
  const all = await findings({ PUBLIC_URL: 'http://hooks.acme.dev', PAYPAL_SAMPLE_SECRET: LONG });
  assert.deepEqual(shown(all), [
    'fail secret of bot',
    'warn address of backup',
    'warn secret of monitors',
    'warn address of monitors',
    'warn signature of code',
    'warn address of code',
    'warn secret of game',
    'warn address of money',
    'warn secret of money',
  ]);
});
