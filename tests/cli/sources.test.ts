import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { writeTunnel } from '../../src/config/read/tunnel-file.ts';
import { hourOf, merged, type Tally } from '../../src/model/turned-away.ts';
import { dataDir } from '../support/data-dir.ts';
import { NOW, newWorld, run, type World } from './test-cli.ts';
import { testEvent } from './test-event.ts';

const HOUR = 3_600_000;

function refusals(
  ...all: readonly (readonly [source: string, cause: string, at: number, why: string | null])[]
): Tally {
  return all.reduce<Tally>(
    (tally, [source, cause, at, why]) => merged(tally, [{ source, cause, at, why, hours: [[hourOf(at), 1]] }]),
    [],
  );
}

/** With a database to look into, as far as the command can see. */
async function inWorld(
  work: (world: World) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await using dir = await dataDir();
  await work(newWorld({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: dir.path, ...env }));
}

test('each source is said with address, proof, last event, and a day of refusals by cause', async () => {
  const env = { PUBLIC_URL: 'https://tidings.acme.dev', STRIPE_WEBHOOK_SECRET: 'whsec_mC3xPzV7qLrT5nWb9KdYs2Hf' };
  await inWorld(async (world) => {
    world.events.push(testEvent());
    world.tally = refusals(
      ['github', 'mismatch', NOW - 30 * HOUR, 'long ago'],
      ['github', 'mismatch', NOW - 2 * HOUR, 'The secret differs.'],
      ['github', 'mismatch', NOW - HOUR, null],
      ['github', 'unsigned', NOW - 60_000, 'No header \u001b[31mcame.'],
      ['unknown', 'unknown_source', NOW - 5_000, 'no source is named "zebra"'],
    );
    const { code, stdout } = await run(world, ['sources']);
    assert.equal(code, 0);
    assert.match(stdout, /^github {2}GitHub\n {2}address {2}https:\/\/tidings\.acme\.dev\/webhooks\/github\n/);
    assert.match(stdout, /proof {4}signature in X-Hub-Signature-256; secret from GITHUB_WEBHOOK_SECRET\n/);
    assert.match(stdout, /last {5}pull_request\.opened, 3 min ago \(event 42\)\n/);
    assert.match(stdout, /refused {2}3 in 24 h\n {11}2 mismatch, last 1 h ago: The secret differs\.\n/);
    assert.match(stdout, /1 unsigned, last 1 min ago: No header came\.\n\nstripe {2}Stripe\n/);
    assert.match(stdout, /refused {2}none in 24 h\n\nno source\n {2}refused {2}1 in 24 h\n/);
    assert.deepEqual(
      world.filters.map(({ source, limit }) => [source, limit]),
      [
        ['github', 1],
        ['stripe', 1],
      ],
    );
    const json = (await run(world, ['sources', '--json'])).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      json.map(({ name, address_from: from, refused }) => [
        name,
        from,
        refused.map((each: { count: number }) => each.count),
      ]),
      [
        ['github', 'PUBLIC_URL', [2, 1]],
        ['stripe', 'PUBLIC_URL', []],
        [null, undefined, [1]],
      ],
    );
  }, env);
});

test('through a tunnel each source has its own address; without any it is said how to get one', async () => {
  const env = { STRIPE_WEBHOOK_SECRET: 'whsec_mC3xPzV7qLrT5nWb9KdYs2Hf' };
  await inWorld(async (world) => {
    const alone = await run(world, ['sources']);
    assert.match(alone.stdout, /address {2}http:\/\/localhost:3000\/webhooks\/stripe, from this machine alone\n/);
    assert.match(alone.stderr, /set PUBLIC_URL, or tidings start --tunnel cloudflared/);
    const folder = String(world.env['DATA_DIR']);
    mkdirSync(folder, { recursive: true });
    const open = { kind: 'cloudflared', pid: process.pid };
    writeTunnel(folder, { ...open, webhookUrl: 'https://acme.trycloudflare.com/webhooks/github' });
    const { stdout, stderr } = await run(world, ['sources']);
    assert.match(stdout, /https:\/\/acme\.trycloudflare\.com\/webhooks\/stripe, by the open tunnel\n/);
    assert.equal(stderr, '');
    // A channel leads to the first source alone.
    writeTunnel(folder, { ...open, kind: 'smee', webhookUrl: 'https://smee.io/abc' });
    const channel = (await run(world, ['sources'])).stdout;
    assert.match(channel, /smee\.io\/abc, by the open tunnel\n[^]*localhost:3000\/webhooks\/stripe, from this machine/);
  }, env);
});

test('a database that is not there, or cannot be read, is said; the sources are said all the same', async () => {
  const without = await run(newWorld(), ['sources']);
  assert.match(without.stdout, /^github {2}GitHub\n/);
  assert.match(without.stderr, /No database is here yet/);
  await inWorld(async (world) => {
    world.openError = new Error('It is newer than this program.');
    const { code, stdout, stderr } = await run(world, ['sources']);
    assert.equal(code, 1);
    assert.match(stdout, /^github {2}GitHub\n/);
    assert.match(stderr, /What came to them is not known\. It is newer than this program\./);
  });
});
