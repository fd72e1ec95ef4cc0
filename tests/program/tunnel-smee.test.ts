import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startGithubDouble } from '../doubles/github-double.ts';
import { createGithubHooks } from '../doubles/github-hooks.ts';
import { type SmeeDouble, startSmeeDouble } from '../doubles/smee-double.ts';
import { dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { headersOf } from '../support/github.ts';
import { beginInProcess, inProcess } from '../support/in-process.ts';
import { type RunningTidings, SECRET } from '../support/tidings-process.ts';

const LOUD = { LOG_LEVEL: 'info' };
const issue = (n: number, title: string) => ({
  action: 'opened',
  issue: { number: n, title, html_url: `https://github.com/acme/api/issues/${n}`, user: { login: 'mona' }, labels: [] },
  repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
  sender: { login: 'mona', type: 'User' },
});

function throughSmee(smee: SmeeDouble, ...more: readonly string[]): readonly string[] {
  return ['start', '--tunnel', 'smee', '--tunnel-url', smee.url, ...more];
}

/** As GitHub calls a channel: signed over the very bytes. */
async function call(channel: string | undefined, body: string, contentType = 'application/json'): Promise<void> {
  assert.ok(channel !== undefined);
  const headers = headersOf({ type: 'issues', guid: randomUUID(), body: Buffer.from(body), secret: SECRET });
  const answer = await fetch(channel, { method: 'POST', headers: { ...headers, 'content-type': contentType }, body });
  assert.equal(answer.status, 200, 'smee says yes whatever becomes of it');
}

async function ready(args: readonly string[], path: string, env = {}): Promise<RunningTidings> {
  const server = await beginInProcess(args, path, { ...LOUD, ...env });
  await server.printed(/(?:Connect|Look): /);
  return server;
}

describe('start --tunnel smee', { concurrency: 2 }, () => {
  test('a new channel is made, listened to, and used again at the next start', async () => {
    await using dir = await dataDir();
    await using smee = await startSmeeDouble();
    {
      await using server = await ready(throughSmee(smee), dir.path);
      assert.match(server.output.stderr, new RegExp(`^Webhook {4}${smee.made[0]}$`, 'm'));
      assert.match(server.output.stderr, /^Tunnel {5}smee → only \/webhooks\/github is reachable there$/m);
      assert.equal(JSON.parse(readFileSync(join(dir.path, 'tunnel.json'), 'utf8')).webhookUrl, smee.made[0]);
      assert.equal(await server.stop(), 0);
    }
    await using again = await ready(throughSmee(smee), dir.path);
    assert.match(again.output.stderr, new RegExp(`Webhook {4}${smee.made[0]}`));
    assert.equal(smee.made.length, 1);
    assert.equal((await stat(join(dir.path, 'smee-channel'))).mode & 0o777, 0o600);
  });

  test('what smee parsed and wrote anew is stored as GitHub signed it, byte for byte', async () => {
    await using dir = await dataDir();
    await using smee = await startSmeeDouble();
    const channel = `${smee.url}/a-channel-of-ones-own`;
    await using server = await ready(['start', '--tunnel', 'smee', '--tunnel-url', channel], dir.path);
    const escaped = JSON.stringify(issue(2, 'a <b> & é')).replace(
      /[<>&]/g,
      (char) => `\\u00${char.charCodeAt(0).toString(16)}`,
    );
    const bodies = [JSON.stringify(issue(1, 'plain')), escaped];
    for (const body of bodies) await call(channel, body);
    await call(
      channel,
      new URLSearchParams({ payload: JSON.stringify(issue(3, 'form & all')) }).toString(),
      'application/x-www-form-urlencoded',
    );
    await server.printed(/form & all/);
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    const stored = await records(inbox);
    assert.deepEqual(
      stored.slice(0, 2).map(({ body }) => String(body)),
      bodies,
    );
    assert.deepEqual(
      stored.map(({ state }) => state),
      ['routed', 'routed', 'routed'],
    );
    assert.deepEqual(smee.made, []);
  });

  test('a body that cannot be put right is refused, and it is said once how to avoid it; forged ones too', async () => {
    await using dir = await dataDir();
    await using smee = await startSmeeDouble();
    await using server = await ready(throughSmee(smee), dir.path);
    const [channel] = smee.made;
    await call(channel, JSON.stringify(issue(1, 'spaced'), null, 3));
    await server.printed(
      /no longer fits its signature: smee parses the JSON and writes it anew\. It is refused\. Use --tunnel cloudflared/,
    );
    await call(channel, JSON.stringify(issue(2, 'spaced again'), null, 3));
    const forged = JSON.stringify(issue(3, 'forged'));
    const digest = createHmac('sha256', 'guessed').update(forged).digest('hex');
    const headers = {
      ...headersOf({ type: 'issues', guid: 'g', body: Buffer.from(forged) }),
      'x-hub-signature-256': `sha256=${digest}`,
    };
    await fetch(channel ?? '', { method: 'POST', headers, body: forged });
    await call(channel, JSON.stringify(issue(4, 'the last, and right')));
    await server.printed(/the last, and right/);
    assert.equal(server.output.stderr.match(/smee parses the JSON/g)?.length, 1);
    await using inbox = await openInbox(dir.path);
    assert.equal((await records(inbox)).length, 1);
  });

  test('a dropped stream is opened again, from the last id', async () => {
    await using dir = await dataDir();
    await using smee = await startSmeeDouble();
    await using server = await ready(throughSmee(smee), dir.path);
    smee.drop();
    await server.printed(/the tunnel dropped, and is opened again\. smee: /);
    await smee.listened(2);
    await server.printed(/the tunnel is open again: http/);
    assert.equal(smee.listeners[0]?.['last-event-id'], undefined);
    assert.equal(smee.listeners[1]?.['last-event-id'], '1');
    await call(smee.made[0], JSON.stringify(issue(1, 'after the drop')));
    await server.printed(/after the drop/);
    assert.doesNotMatch(server.output.stderr, /GitHub still calls/);
  });

  test('a channel that GitHub refuses to call is a warning with the address to set by hand, and smee goes on', async () => {
    await using dir = await dataDir();
    await using smee = await startSmeeDouble();
    await using github = await startGithubDouble({ token: 'a-token' });
    const hooks = createGithubHooks();
    github.mount(hooks.route);
    hooks.add({ root: '/repos/acme/api', id: 7, url: 'https://smee.io/abc', secret: SECRET });
    const env = { GITHUB_API_URL: github.url, GITHUB_TOKEN: 'a-token' };
    await using server = await ready(throughSmee(smee, '--update-hook', 'acme/api'), dir.path, env);
    // GitHub takes no address that is not public, as this smee's is not.
    await server.printed(new RegExp(`could not be pointed at the tunnel: [^]*Set it by hand: ${smee.made[0]}`));
    assert.deepEqual(
      hooks.writes.map(({ route }) => route),
      ['PATCH /repos/acme/api/hooks/7'],
      'the hook that called another channel was meant',
    );
    await call(smee.made[0], JSON.stringify(issue(1, 'it goes on')));
    await server.printed(/it goes on/);
  });

  test('a smee that does not answer, or is none, is exit code 4', async () => {
    await using dir = await dataDir();
    const nobody = await inProcess(['start', '--tunnel', 'smee', '--tunnel-url', 'http://127.0.0.1:1'], dir.path, {
      PORT: '0',
    });
    assert.equal(nobody.code, 4, nobody.stderr);
    assert.match(nobody.stderr, /http:\/\/127\.0\.0\.1:1 cannot be reached: /);
    await using github = await startGithubDouble();
    const wrong = await inProcess(['start', '--tunnel', 'smee', '--tunnel-url', github.url], dir.path, { PORT: '0' });
    assert.equal(wrong.code, 4, wrong.stderr);
    assert.match(wrong.stderr, /\/new gave no channel \(it answered 404\)\. Make one in a browser/);
  });
});
