import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import type { HookSpec } from '../doubles/github-hook-settings.ts';
import { type Connected, connected, HOOK_URL } from '../support/connected.ts';
import { configure } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';
import { runInTerminal } from '../support/terminal.ts';
import { SECRET } from '../support/tidings-process.ts';

const CHECK = ['connect', 'github', 'acme/api', '--check'] as const;
const UPDATE = ['connect', 'github', 'acme/api', '--update', '--yes'] as const;

interface Checked {
  readonly hook: { readonly id: number } | null;
  readonly faults: readonly { readonly kind: string; readonly detail: string; readonly fix: string }[];
  readonly notes: readonly string[];
}

async function check(world: Connected): Promise<Checked & { readonly code: number | null }> {
  const { code, stdout, stderr } = await inProcess([...CHECK, '--json'], world.path, world.env);
  assert.notEqual(stdout, '', stderr);
  return { code, ...(JSON.parse(stdout) as Checked) };
}

const FAULTS: readonly (readonly [kind: string, changes: Partial<HookSpec>, says: RegExp])[] = [
  ['events', { events: ['issues', 'push'] }, /does not send: pull_request, star/],
  ['content_type', { contentType: 'form' }, /content type is form/],
  ['secret', { secret: '' }, /has no secret/],
  ['inactive', { active: false }, /switched off/],
  ['tls', { insecureSsl: true }, /SSL verification is off/],
  ['url', { url: 'https://old.trycloudflare.com/webhooks/github' }, /calls https:\/\/old\.trycloudflare\.com/],
];

describe('connect github --check and --update', { concurrency: 2 }, () => {
  for (const [kind, changes, says] of FAULTS) {
    test(`--check finds the fault "${kind}" and changes nothing; --update mends it, pings, and the next check is clean`, async () => {
      await using world = await connected();
      await world.serve();
      world.hook(changes);
      const found = await check(world);
      assert.deepEqual([found.code, found.faults.map((fault) => fault.kind)], [1, [kind]]);
      assert.match(found.faults[0]?.detail ?? '', says);
      assert.match(found.faults[0]?.fix ?? '', /connect github acme\/api --update/);
      assert.deepEqual(world.hooks.writes, []);

      const mended = await inProcess(UPDATE, world.path, world.env);
      assert.equal(mended.code, 0, mended.stderr);
      assert.match(mended.stderr, /Changes webhook 7[^]*Secret +set again[^]*signature OK/);
      assert.deepEqual(
        world.hooks.writes.map(({ route }) => route),
        ['PATCH /repos/acme/api/hooks/7', 'POST /repos/acme/api/hooks/7/pings'],
      );
      const { url, secret, contentType, active, insecureSsl } = world.hooks.hook(7) ?? {};
      assert.deepEqual([url, secret, contentType, active, insecureSsl], [HOOK_URL, SECRET, 'json', true, false]);
      const clean = await check(world);
      assert.deepEqual([clean.code, clean.faults], [0, []]);
    });
  }

  test('a secret that GitHub has otherwise shows in the deliveries, and --update sets it again', async () => {
    await using world = await connected();
    await world.serve();
    world.hook({ secret: 'what somebody typed at GitHub' });
    await world.hooks.emit({ hookId: 7, type: 'issues', payload: { action: 'opened' }, guid: randomUUID() });
    const { code, faults } = await check(world);
    assert.deepEqual([code, faults.map(({ kind }) => kind)], [1, ['deliveries']]);
    assert.match(faults[0]?.detail ?? '', /The last delivery failed\. .*refused it \(401\): it knows another secret/);
    const mended = await inProcess(UPDATE, world.path, world.env);
    assert.equal(mended.code, 0, mended.stderr);
    assert.equal((await check(world)).code, 0);
  });

  test('events beyond what is needed, and an outage that is over, are no fault', async () => {
    await using world = await connected();
    await world.serve();
    world.hook({ events: ['issues', 'pull_request', 'star', 'gollum'] });
    for (const proxyAnswers of [502, undefined]) {
      await world.hooks.emit({ hookId: 7, type: 'ping', payload: {}, guid: randomUUID(), proxyAnswers });
    }
    const { code, faults, notes } = await check(world);
    assert.deepEqual([code, faults], [0, []]);
    assert.match(notes.join(), /also sends gollum/);
  });

  test('no webhook, and several, are faults with what to do', async () => {
    await using world = await connected();
    const none = await inProcess([...CHECK], world.path, world.env);
    assert.equal(none.code, 1);
    assert.match(
      none.stdout,
      /fault +No webhook of acme\/api calls https:\/\/tidings\.example\.org[^]*→ .*connect github acme\/api/,
    );
    world.hook();
    world.hook({ id: 8 });
    const { code, faults } = await check(world);
    assert.deepEqual([code, faults.map(({ kind }) => kind)], [1, ['several']]);
    const update = await inProcess(UPDATE, world.path, world.env);
    assert.equal(update.code, 3);
    assert.match(update.stderr, /Several webhooks[^]* 7 [^]* 8 /);
    assert.deepEqual(world.hooks.writes, []);
  });

  test("doctor names the webhook's faults, and without a token asks nobody", async () => {
    await using world = await connected();
    await configure(world.path, { sources: { github: { recover: ['acme/api'] } } });
    world.hook({ active: false });
    const findings = async (env: Readonly<Record<string, string>>) => {
      const { stdout } = await inProcess(['doctor', '--json'], world.path, env);
      const all = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, string>);
      return all.filter(({ name }) => name === 'github');
    };
    const [found, ...others] = await findings(world.env);
    assert.deepEqual([found?.['status'], others], ['fail', []]);
    assert.match(found?.['detail'] ?? '', /webhook of acme\/api: it is switched off/);
    assert.match(found?.['fix'] ?? '', /connect github acme\/api --update/);
    const [wrong] = await findings({ ...world.env, GITHUB_TOKEN: 'another' });
    assert.match(`${wrong?.['status']} ${wrong?.['detail']}`, /^fail GitHub refuses GITHUB_TOKEN \(401\)/);
    const asked = world.github.requests.length;
    const [unasked] = await findings(world.tokenless);
    assert.match(`${unasked?.['status']} ${unasked?.['detail']}`, /^ok not asked/);
    assert.equal(world.github.requests.length, asked);
    assert.deepEqual(world.hooks.writes, []);
  });

  test('--update keeps the events that are there, shows the difference, and cancelled changes nothing', async () => {
    await using world = await connected();
    world.hook({ events: ['push', 'star'], active: false });
    await using session = runInTerminal(UPDATE.slice(0, 4), world.path, world.env);
    await session.shows(/Events +push, star → push, star, issues, pull_request[^]*Active +no → yes/);
    await session.choose(/Change it\?/, 'ctrl-c');
    assert.equal(await session.ended, 130);
    assert.deepEqual(world.hooks.writes, []);
  });
});
