import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { writeTunnel } from '../../src/config/read/tunnel-file.ts';
import { connected, HOOK_URL } from '../support/connected.ts';
import { configure } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';
import { runInTerminal } from '../support/terminal.ts';
import { SECRET } from '../support/tidings-process.ts';

const CONNECT = ['connect', 'github', 'acme/api'] as const;
const YES = [...CONNECT, '--yes'] as const;

describe('connect github', { concurrency: 2 }, () => {
  test('shows the webhook, asks, makes it with the events the rules need, and sees its ping arrive', async () => {
    await using world = await connected();
    await world.serve();
    await using session = runInTerminal([...CONNECT], world.path, world.env);
    await session.shows(
      /Payload URL +https:\/\/tidings\.example\.org\/webhooks\/github[^]*Secret +from GITHUB_WEBHOOK_SECRET/,
    );
    await session.choose(/Make it\?/, 'enter');
    assert.equal(await session.ended, 0, session.text);
    assert.match(session.text, /made +webhook 5000[^]*the ping arrived as event 1, signature OK/);
    assert(!session.raw.includes(SECRET) && !session.raw.includes(world.env['GITHUB_TOKEN'] ?? ''), 'no secret shows');
    const { route, body } = world.hooks.writes[0] ?? {};
    assert.equal(route, 'POST /repos/acme/api/hooks');
    assert.deepEqual(body, {
      name: 'web',
      active: true,
      events: ['issues', 'pull_request', 'star'],
      config: { url: HOOK_URL, content_type: 'json', insecure_ssl: '0', secret: SECRET },
    });
  });

  test('cancelled or answered with no, it makes nothing; without a terminal it wants --yes', async () => {
    await using world = await connected();
    await using cancelled = runInTerminal([...CONNECT], world.path, world.env);
    await cancelled.choose(/Make it\?/, 'ctrl-c');
    assert.equal(await cancelled.ended, 130);
    await using refused = runInTerminal([...CONNECT], world.path, world.env);
    await refused.choose(/Make it\?/, 'right', 'enter');
    assert.equal(await refused.ended, 130);
    assert.match(refused.text, /Nothing was changed/);
    const piped = await inProcess([...CONNECT], world.path, world.env);
    assert.equal(piped.code, 2);
    assert.match(piped.stderr, /no terminal to ask on: "Make it\?".*add --yes/);
    assert.deepEqual(world.hooks.writes, []);
  });

  test('the rules decide the events; what such a webhook is never sent is named', async () => {
    await using world = await connected();
    await configure(world.path, { rules: [{ on: { pull_request: ['merged'], projects_v2: ['created'], push: {} } }] });
    await world.serve();
    const made = await inProcess(YES, world.path, world.env);
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stderr, /Warning: a rule is about projects_v2, which only an organisation's webhook is sent/);
    assert.deepEqual(world.hooks.hook(5_000)?.events, ['pull_request', 'push']);
  });

  test("an organisation's webhook is made with gh's token, which is named", async () => {
    await using world = await connected();
    await world.serve();
    const gh = await world.gh(new URL(world.github.url).host);
    const made = await inProcess(['connect', 'github', 'acme', '--yes'], world.path, { ...world.tokenless, ...gh });
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stderr, /Asking GitHub with the token of `gh auth token`[^]*signature OK/);
    assert.equal(world.hooks.hook(5_000)?.root, '/orgs/acme');
  });

  test('a receiver with another secret is named as the cause, and an unreachable one with exit code 4', async () => {
    await using world = await connected();
    await world.serve({ GITHUB_WEBHOOK_SECRET: 'another-secret-of-some-length' });
    const refused = await inProcess(YES, world.path, world.env);
    assert.equal(refused.code, 1, refused.stderr);
    assert.match(refused.stderr, /refused it \(401\): it knows another secret[^]*connect github acme\/api --update/);
    await using nobody = await connected();
    const down = await inProcess(YES, nobody.path, nobody.env);
    assert.equal(down.code, 4, down.stderr);
    assert.match(down.stderr, /GitHub got no answer from https:\/\/tidings\.example\.org[^]*Is Tidings running/);
  });

  test('another server that accepts the ping is said to be one', async () => {
    await using world = await connected();
    await world.serve();
    const made = await inProcess(YES, world.path, { ...world.env, DATA_DIR: `${world.path}/elsewhere` });
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stderr, /accepted the ping, by GitHub's record[^]*no database is here/);
  });

  test('a webhook that is there is left as it is, with its state', async () => {
    await using world = await connected();
    world.hook();
    const there = await inProcess(YES, world.path, world.env);
    assert.equal(there.code, 0, there.stderr);
    assert.match(there.stderr, /There is a webhook for this address: 7, active[^]*--check[^]*--update/);
    assert.deepEqual(world.hooks.writes, []);
  });

  test('without a token the fields to paste are told; the secret only at a terminal, which waits for the ping', async () => {
    await using world = await connected();
    const piped = await inProcess([...CONNECT], world.path, world.tokenless);
    assert.equal(piped.code, 1);
    assert.match(
      piped.stderr,
      /\/acme\/api\/settings\/hooks\/new[^]*Payload URL[^]*Secret +from GITHUB_WEBHOOK_SECRET[^]*Issues, Pull requests, Stars/,
    );
    await world.serve();
    await using session = runInTerminal([...CONNECT], world.path, world.tokenless);
    await session.shows(new RegExp(`Secret +${SECRET}[^]*Waiting for GitHub's ping`));
    world.hook();
    await world.hooks.emit({ hookId: 7, type: 'ping', payload: { zen: 'x', hook_id: 7 }, guid: 'a-guid' });
    assert.equal(await session.ended, 0, session.text);
    assert.match(session.text, /the ping arrived as event 1, signature OK/);
  });

  test('nobody said where this server is reached: two ways are told', async () => {
    await using world = await connected();
    const lost = await inProcess(YES, world.path, { ...world.env, PUBLIC_URL: undefined });
    assert.equal(lost.code, 2);
    assert.match(lost.stderr, /PUBLIC_URL[^]*start --tunnel cloudflared/);
  });

  test('the open tunnel is what GitHub calls where there is no PUBLIC_URL; --url comes before both', async () => {
    await using world = await connected();
    const webhookUrl = 'https://some-words.trycloudflare.com/webhooks/github';
    writeTunnel(world.path, { kind: 'cloudflared', webhookUrl, pid: process.pid });
    const env = { ...world.env, PUBLIC_URL: undefined };
    await inProcess([...YES, '--wait', '1'], world.path, env);
    assert.equal(world.hooks.hook(5_000)?.url, webhookUrl);
    const other = [...YES, '--wait', '1', '--url', 'https://other.example.org/'];
    const { stderr } = await inProcess(other, world.path, world.env);
    assert.match(
      stderr,
      /There is webhook 5000, which calls https:\/\/some-words[^]*--url https:\/\/other\.example\.org\/ --update/,
    );
    assert.equal(world.hooks.hook(5_001)?.url, 'https://other.example.org/webhooks/github');
    const ftp = await inProcess([...YES, '--url', 'ftp://other.example.org'], world.path, world.env);
    assert.deepEqual([ftp.code, world.hooks.writes.length], [2, 2]);
  });

  test('several sources: --source says which, and its first secret is the one GitHub gets', async () => {
    await using world = await connected();
    const secrets = ['the-first-of-two-secrets', 'the-second-of-two-secrets'];
    await configure(world.path, { sources: { github: { secrets: [SECRET] }, other: { provider: 'github', secrets } } });
    await world.serve();
    const unsaid = await inProcess(YES, world.path, world.env);
    assert.equal(unsaid.code, 2);
    assert.match(unsaid.stderr, /--source with one of: github, other/);
    const made = await inProcess([...YES, '--source', 'other'], world.path, world.env);
    assert.equal(made.code, 0, made.stderr);
    const { url, secret } = world.hooks.hook(5_000) ?? {};
    assert.deepEqual([url, secret], ['https://tidings.example.org/webhooks/other', secrets[0]]);
  });

  test('what GitHub refuses is told with what to do', async () => {
    await using world = await connected();
    const local = await inProcess([...YES, '--url', 'http://localhost:3000'], world.path, world.env);
    assert.equal(local.code, 1);
    assert.match(local.stderr, /cannot reach this address from the Internet \(422: url is not supported/);
    world.hooks.access = 'read';
    const read = await inProcess(YES, world.path, world.env);
    assert.equal(read.code, 1);
    assert.match(read.stderr, /GITHUB_TOKEN may not change the webhooks of acme\/api.*admin:repo_hook/);
    world.hooks.access = 'none';
    assert.match(
      (await inProcess(YES, world.path, world.env)).stderr,
      /may not read the webhooks of acme\/api.*\(404\)/,
    );
    const wrong = await inProcess(YES, world.path, { ...world.env, GITHUB_TOKEN: 'another' });
    assert.match(wrong.stderr, /GitHub refuses GITHUB_TOKEN \(401\)/);
  });
});
