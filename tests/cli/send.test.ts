import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { dataDir } from '../support/data-dir.ts';
import { newWorld, run, SECRET } from './test-cli.ts';

interface Received {
  readonly verified: boolean;
  readonly body: Record<string, unknown>;
}

function signatureOf(body: Buffer): string {
  return `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
}

/** A receiver that verifies, and answers as `answer` says. */
async function receiver(t: TestContext, answer: (no: number) => readonly [status: number, body: unknown]) {
  const received: Received[] = [];
  const handle: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const headers = request.headers as Record<string, string>;
      received.push({
        verified: headers['x-hub-signature-256'] === signatureOf(body),
        body: JSON.parse(body.toString()) as Received['body'],
      });
      const [status, words] = answer(received.length);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(words));
    });
  };
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.after(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/github`, received, close };
}

const accepted = (no: number) => [200, { status: 'accepted', id: no }] as const;

test('send posts a signed sample and prints status, id and time', async (t) => {
  const { url, received } = await receiver(t, accepted);
  const { code, stdout, stderr } = await run(newWorld(), [
    'send',
    'issues.opened',
    '--to',
    url,
    '--set',
    'issue.title=Hello',
    '--set',
    'sender.login=mona',
  ]);
  assert.match(stdout, /^200 {2}accepted as event 1 {2}[\d.]+ m?s\n$/);
  assert.deepEqual([code, stderr], [0, '']);
  assert.equal(received[0]?.verified, true);
  const { issue, sender } = received[0].body as { issue: { title: string }; sender: { login: string } };
  assert.deepEqual([issue.title, sender.login], ['Hello', 'mona']);
});

test('send --count sends that many different ones and sums them up', async (t) => {
  const { url, received } = await receiver(t, accepted);
  const { code, stdout, stderr } = await run(newWorld(), ['send', 'issues.opened', '--to', url, '--count', '50']);
  assert.equal(new Set(received.map(({ body }) => JSON.stringify(body))).size, 50);
  assert.match(stderr, /^50 × 200; half within .* 99 % within .*\n$/);
  assert.deepEqual([code, stdout], [0, '']);
});

test('send --json is one object a line', async (t) => {
  const { url } = await receiver(t, accepted);
  const { stdout } = await run(newWorld(), ['send', 'ping', '--to', url, '--count', '2', '--json']);
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    answers.map(({ event, http_status, status, error }) => [event, http_status, status, error]),
    [
      ['ping', 200, 'accepted', null],
      ['ping', 200, 'accepted', null],
    ],
  );
  assert.deepEqual(
    answers.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b)),
    [1, 2],
  );
});

test('a refused signature says which secret to look at, and ends with 1', async (t) => {
  const { url } = await receiver(t, () => [
    401,
    { error: { code: 'unauthorized', message: 'The signature does not match.' } },
  ]);
  const { code, stdout, stderr } = await run(newWorld(), ['send', 'ping', '--to', url]);
  assert.match(stdout, /^401 {2}The signature does not match\./);
  assert.match(stderr, /GITHUB_WEBHOOK_SECRET.*--secret-env/);
  assert.equal(code, 1);
});

test('nobody there ends with 4, once, and asks whether it runs', async (t) => {
  const { url, close } = await receiver(t, accepted);
  await close();
  const { code, stdout, stderr } = await run(newWorld(), ['send', 'ping', '--to', url, '--count', '30']);
  assert.match(stderr, /cannot be reached \(ECONNREFUSED\)\. Is it running\? tidings start\n$/);
  assert.deepEqual([code, stdout], [4, '']);
});

test('a dry run shows the request and sends nothing', async (t) => {
  const { url, received } = await receiver(t, accepted);
  const { code, stdout, stderr } = await run(newWorld(), [
    'send',
    'ping',
    '--to',
    url,
    '--count',
    '3',
    '--dry-run',
    '--json',
  ]);
  const shown = JSON.parse(stdout) as { url: string; headers: Record<string, string> };
  assert.deepEqual([code, shown.url, shown.headers['x-github-event'], received.length], [0, url, 'ping', 0]);
  assert.match(stderr, /3 requests like this would be sent/);
});

test('a signal ends a long run with 130 and says how far it came', async (t) => {
  const stop = new AbortController();
  const { url, received } = await receiver(t, (no) => {
    if (no === 20) stop.abort();
    return accepted(no);
  });
  const { code, stderr } = await run(newWorld(), ['send', 'ping', '--to', url, '--count', '100000'], {
    stop: stop.signal,
  });
  assert.match(stderr, /Interrupted after \d+ of 100000/);
  assert.equal(code, 130);
  assert.ok(received.length < 100);
});

test('of several sources the first is sent to, or the one whose name goes before the event', async () => {
  await using dir = await dataDir();
  const source = (secret: string) => `{ provider: github, secrets: ["${secret}-of-a-natural-length"] }`;
  writeFileSync(join(dir.path, 'tidings.yaml'), `sources:\n  ours: ${source('one')}\n  theirs: ${source('two')}\n`);
  const shown = async (...argv: readonly string[]) => {
    const { code, stdout, stderr } = await run(newWorld({}, dir.path), ['send', ...argv, '--dry-run', '--json']);
    return code === 0 ? (JSON.parse(stdout) as { readonly url: string }).url : stderr;
  };
  assert.equal(await shown('ping'), 'http://localhost:3000/webhooks/ours');
  assert.equal(await shown('theirs', 'ping'), 'http://localhost:3000/webhooks/theirs');
  assert.match(await shown('nobodys', 'ping'), /There is no source "nobodys": ours, theirs\./);
  assert.match(await shown('theirs', 'ping', 'push'), /One event at a time/);
});

test('poll and recover of a source that is not there say so', async () => {
  for (const argv of [
    ['poll', 'acme/api', '--once', '--source', 'nobodys'],
    ['recover', 'acme/api', '--source', 'nobodys'],
  ]) {
    const { code, stderr } = await run(newWorld(), argv);
    assert.match(stderr, /source "nobodys"/);
    assert.ok(code !== 0);
  }
});

test('send signs the URL that the provider would call, where the provider does', async () => {
  const key = 'a-signature-key';
  const sent = async (env: object, ...more: readonly string[]) => {
    const world = newWorld({ SQUARE_WEBHOOK_SIGNATURE_KEY: key, ...env });
    const { code, stdout } = await run(world, ['send', 'square', 'payment.updated', '--dry-run', '--json', ...more]);
    assert.equal(code, 0);
    const { headers, payload } = JSON.parse(stdout) as { headers: Record<string, string>; payload: object };
    const by = (url: string) => createHmac('sha256', key).update(url).update(JSON.stringify(payload)).digest('base64');
    return (url: string) => headers['x-square-hmacsha256-signature'] === by(url);
  };
  const isFor = await sent({ PUBLIC_URL: 'https://hooks.example.org' });
  assert.ok(isFor('https://hooks.example.org/webhooks/square'));
  assert.ok((await sent({}))('/webhooks/square'));
  const elsewhere = 'https://other.example.org/webhooks/square';
  assert.ok((await sent({}, '--to', elsewhere))(elsewhere));
});

test('send says what is missing where a provider alone can sign', async () => {
  const world = newWorld({ PAYPAL_WEBHOOK_ID: '8PT597110X687430L' });
  const { code, stderr } = await run(world, ['send', 'paypal', 'PAYMENT.CAPTURE.COMPLETED', '--dry-run']);
  assert.equal(code, 2);
  assert.match(stderr, /Nobody but PayPal can sign[^]*PAYPAL_SAMPLE_SECRET/);
});

test('an event of a source or of a provider goes behind its name and a colon, or behind its name', async () => {
  await using dir = await dataDir();
  const key = 'whsec_mC3xPzV7qLrT5nWb9KdYs2Hf';
  writeFileSync(join(dir.path, 'tidings.yaml'), `sources: { github: , shop: { provider: stripe, secrets: ${key} } }`);
  const world = newWorld({ TIDINGS_CONFIG: join(dir.path, 'tidings.yaml') });
  for (const typed of [
    ['stripe:charge.failed'],
    ['shop:charge.failed'],
    ['shop', 'charge.failed'],
    ['stripe', 'charge.failed'],
  ]) {
    const { code, stdout, stderr } = await run(world, [
      'send',
      ...typed,
      '--set',
      'data.object.amount=5',
      '--dry-run',
      '--json',
    ]);
    assert.equal(code, 0, stderr);
    const { url, headers, payload } = JSON.parse(stdout);
    assert.match(url, /\/webhooks\/shop$/);
    assert.deepEqual(
      [payload.type, payload.data.object.amount, 'stripe-signature' in headers],
      ['charge.failed', 5, true],
    );
  }
  const all = await run(world, ['send', 'stripe:']);
  assert.match(all.stderr, /Which sample shall be sent\?\n\nSamples:\n {2}payment_intent\.succeeded/);
  const near = await run(world, ['send', 'stripe:charge.faild']);
  assert.match(near.stderr, /Did you mean charge\.failed\?/);
  const none = await run(world, ['send', 'gitlab:push']);
  assert.match(none.stderr, /No source here is GitLab's: github, shop\. `connect gitlab` says how to make one/);
  assert.deepEqual([all.code, near.code, none.code], [2, 2, 2]);
});

test('to another receiver, a sample of a provider that has no source here is signed with a secret that is named', async () => {
  const world = newWorld({ ACME_KEY: 'a-key-of-a-natural-length' });
  const argv = [
    'send',
    'gitlab:push',
    '--to',
    'https://acme.dev/webhooks/code',
    '--secret-env',
    'ACME_KEY',
    '--dry-run',
    '--json',
  ];
  const { code, stdout } = await run(world, argv);
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).headers['x-gitlab-token'] !== undefined, true);
});

test('the help names a sample of each provider', async () => {
  const { stdout } = await run(newWorld(), ['send', '--help']);
  assert.match(
    stdout,
    /\n {2}github:pull_request\.opened\n {2}stripe:charge\.succeeded\n[^]*\n {2}shopify:orders\/create\n/,
  );
});
