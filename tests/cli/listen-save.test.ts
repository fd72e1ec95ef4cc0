import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as fc from 'fast-check';
import { lineOf } from '../../src/cli/commands/listen/request-file.ts';
import { filedRequests } from '../../src/run/verify/filed-request.ts';
import { Secret } from '../../src/shared/secret.ts';
import { signedHeaders } from '../../src/sources/square/sign.ts';
import { newWorld, run, SECRET, type World } from './test-cli.ts';

const SQUARE_KEY = 'a-signature-key-of-square';

/** Sources github, square and datadog, a folder of its own, and a file there. */
function scene(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-save-'));
  t.after(() => rmSync(cwd, { recursive: true }));
  const world = newWorld(
    { SQUARE_WEBHOOK_SIGNATURE_KEY: SQUARE_KEY, DATADOG_WEBHOOK_SECRET: 'a-token-of-datadog', ...env },
    cwd,
  );
  const file = join(cwd, 'requests.json');
  return {
    world,
    file,
    saved: () =>
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers: readonly string[];
  readonly body: Buffer | string;
}

/** Listens while all is sent, one after the other. */
async function listened(world: World, file: string, sent: readonly Sent[]) {
  const stop = new AbortController();
  let done: Promise<void> | undefined;
  const { code, stderr } = await run(world, ['listen', '--port', '0', '--save', file], {
    stop: stop.signal,
    onStderr: (text) => {
      const port = Number(/localhost:(\d+)/.exec(text)?.[1]);
      if (port > 0) done ??= inTurn(port, sent).finally(() => stop.abort());
    },
  });
  await done;
  return { code, stderr };
}

async function inTurn(port: number, all: readonly Sent[]): Promise<void> {
  for (const { path, method = 'POST', headers, body } of all) {
    await new Promise<void>((resolve, reject) => {
      const outgoing = httpRequest(
        { port, host: '127.0.0.1', path, method, headers: [...headers, 'Host', 'here'] },
        (answer) => answer.resume().on('end', resolve),
      );
      outgoing.on('error', reject).end(body);
    });
  }
}

function ofGithub(body: string): Sent {
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const own = ['X-GitHub-Event', 'ping', 'X-GitHub-Delivery', '72d3162e-cc78-11e3-81ab-4c9367dc0958'];
  const headers = ['Content-Type', 'application/json', 'X-Hub-Signature-256', signature, ...own];
  return {
    path: '/webhooks/github?a=1',
    headers: [...headers, 'Content-Length', String(Buffer.byteLength(body))],
    body,
  };
}

test('what listen saves, verify checks by the same sources, and no secret of theirs is in the file', async (t) => {
  const { world, file, saved } = scene(t);
  const twice = ['Content-Type', 'application/json', 'X-Note', 'a', 'X-Note', 'b', 'Content-Length', '3'];
  const all = [
    ofGithub('{"zen":"é"}'),
    { path: '/webhooks/datadog', headers: twice, body: Buffer.from([0xff, 0, 0xfe]) },
  ];
  const { code, stderr } = await listened(world, file, all);
  assert.deepEqual([code, /saves it to /.test(stderr)], [0, true]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const [first, second] = saved();
  assert.deepEqual(
    [first.provider, first.source, first.url, first.body],
    ['github', 'github', '/webhooks/github?a=1', '{"zen":"é"}'],
  );
  assert.deepEqual([second.provider, second.headers['X-Note'], second.bodyBase64], ['datadog', ['a', 'b'], '/wD+']);
  for (const secret of [SECRET, SQUARE_KEY, 'a-token-of-datadog'])
    assert.ok(!readFileSync(file, 'utf8').includes(secret));

  const found = await run(world, ['verify', '--file', file]);
  assert.match(
    found.stdout,
    /^✓ \S+ github {2}github \(source github\) {2}accepted as ping 72d3162e-\S+, answered 200$/m,
  );
  assert.match(found.stdout, /^✗ \S+ datadog {2}datadog \(source datadog\) {2}rejected with 401: unsigned$/m);
  assert.deepEqual([found.code, /1 of 2 requests would be refused/.test(found.stderr)], [1, true]);
});

test('the address is saved as the source is told it: by PUBLIC_URL, or by a proxy that is trusted', async (t) => {
  const url = 'https://hooks.example.org/webhooks/square';
  const body = '{"type":"payment.created","event_id":"ac3ac95b"}';
  const signed = Object.entries(signedHeaders(url, Buffer.from(body), new Secret(SQUARE_KEY))).flat();
  const forwarded = [
    'X-Forwarded-For',
    '203.0.113.9',
    'X-Forwarded-Proto',
    'https',
    'X-Forwarded-Host',
    'hooks.example.org',
  ];
  const request = {
    path: '/webhooks/square',
    headers: [...signed, ...forwarded, 'Content-Length', String(body.length)],
    body,
  };
  const cases: readonly (readonly [env: Readonly<Record<string, string>>, url: string, code: number])[] = [
    [{ TRUSTED_PROXIES: 'loopback' }, url, 0],
    [{ PUBLIC_URL: 'https://hooks.example.org' }, url, 0],
    [
      { PUBLIC_URL: 'https://other.example.org', TRUSTED_PROXIES: 'loopback' },
      'https://other.example.org/webhooks/square',
      1,
    ],
    [{ TRUSTED_PROXIES: '10.0.0.0/8' }, '/webhooks/square', 1],
    [{}, '/webhooks/square', 1],
  ];
  for (const [env, called, code] of cases) {
    const { world, file, saved } = scene(t, env);
    await listened(world, file, [request]);
    assert.equal(saved()[0].url, called);
    const found = await run(world, ['verify', '--file', file]);
    assert.equal(found.code, code, JSON.stringify(env) + found.stdout);
  }
});

test('a line that a kill cut off is removed and said; what is whole stays, also without its line end', async (t) => {
  const { world, file, saved } = scene(t);
  await listened(world, file, [ofGithub('1')]);
  const whole = readFileSync(file, 'utf8');
  for (const rest of ['', whole.slice(0, 30), whole.slice(0, -2), whole.trimEnd()]) {
    writeFileSync(file, whole + rest);
    const { stderr } = await listened(world, file, [ofGithub('2')]);
    assert.equal(
      /was cut off while it was written, and is removed/.test(stderr),
      rest !== '' && rest !== whole.trimEnd(),
    );
    assert.deepEqual(
      saved().map(({ body }) => body),
      rest === whole.trimEnd() ? ['1', '1', '2'] : ['1', '2'],
    );
  }
  writeFileSync(file, whole.slice(0, 30));
  await listened(world, file, [ofGithub('3')]);
  assert.deepEqual(
    saved().map(({ body }) => body),
    ['3'],
  );
});

test('a file of something else is refused and left as it is', async (t) => {
  const { world, file } = scene(t);
  for (const text of [
    'hello',
    '[\n{"provider":"x"}\n]\n',
    '[{"provider":"x"}]\n',
    '{"requests":[]}',
    '{"provider":"x"}\nhello\n{"pro',
  ]) {
    writeFileSync(file, text, { mode: 0o644 });
    const { code, stderr } = await run(world, ['listen', '--port', '0', '--save', file]);
    assert.deepEqual([code, readFileSync(file, 'utf8')], [2, text]);
    assert.match(stderr, /holds something else than requests, one a line: name another file/);
  }
  for (const path of [tmpdir(), join(file, 'x')])
    assert.equal((await run(world, ['listen', '--port', '0', '--save', path])).code, 2);
});

const TWO = `sources:
  shop: { provider: stripe, secrets: [whsec_of_the_shop_here] }
  club: { provider: stripe, secrets: [whsec_of_the_club_here] }
`;

function ofStripe(secret: string, changes: object = {}) {
  const body = '{"id":"evt_1","object":"event","type":"charge.succeeded"}';
  const signature = createHmac('sha256', secret).update(`1767225600.${body}`).digest('hex');
  const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': `t=1767225600,v1=${signature}` };
  return { provider: 'stripe', headers, body, now: 1_767_225_600, ...changes };
}

test('of several sources of a provider it is the one that is named, or called, or any', async (t) => {
  const { world, file } = scene(t);
  writeFileSync(join(world.cwd, 'tidings.yaml'), TWO);
  const by = async (argv: readonly string[], request: object) => {
    writeFileSync(file, JSON.stringify(request));
    const { stdout, code, stderr } = await run(world, ['verify', '--file', file, '--json', ...argv]);
    const { source, verdict } = stdout === '' ? { source: null, verdict: stderr } : JSON.parse(stdout);
    return [code, source, verdict];
  };
  const club = ofStripe('whsec_of_the_club_here');
  assert.deepEqual(await by([], club), [0, 'club', 'accept']);
  assert.deepEqual(await by([], { ...club, source: 'shop' }), [1, 'shop', 'reject']);
  assert.deepEqual(await by([], { ...club, source: 'A page of documentation' }), [0, 'club', 'accept']);
  assert.deepEqual(await by([], { ...club, url: 'https://x.example:8443/webhooks/shop?a=b' }), [1, 'shop', 'reject']);
  assert.deepEqual(await by([], ofStripe('whsec_of_nobody_at_all')), [1, 'shop', 'reject']);
  // What brings its secret is checked by that, unless a source is forced.
  assert.deepEqual(await by([], { ...club, secret: 'whsec_of_the_club_here' }), [0, null, 'accept']);
  assert.deepEqual(await by([], { ...club, secret: '' }), [1, null, 'reject']);
  assert.deepEqual(await by(['--source', 'club'], { ...club, provider: 'github', secret: 'another' }), [
    0,
    'club',
    'accept',
  ]);
  const [code, , words] = await by(['--source', 'clup'], club);
  assert.deepEqual([code, /No source is named "clup"\. Did you mean "club"\?/.test(String(words))], [2, true]);
});

test('a file that brings its secrets is checked whatever is configured; one that does not needs it', async (t) => {
  const { world, file } = scene(t);
  writeFileSync(join(world.cwd, 'tidings.yaml'), 'sources: 7\n');
  writeFileSync(file, JSON.stringify(ofStripe('a', { secret: 'a' })));
  assert.equal((await run(world, ['verify', '--file', file])).code, 0);
  writeFileSync(file, JSON.stringify(ofStripe('a')));
  const { code, stderr } = await run(world, ['verify', '--file', file]);
  assert.deepEqual([code, /sources/.test(stderr)], [2, true]);
});

test('whatever came, it is read again as it was: every byte, every header, in one line', () => {
  const name = fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'X-A', 'x-a'),
    fc.string({ unit: fc.constantFrom(..."!#$%&'*+.^_`|~-aZ9".split('')), minLength: 1, maxLength: 9 }),
  );
  const value = fc.string({ unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)) });
  const body = fc.oneof(
    fc.uint8Array(),
    fc
      .string({ unit: fc.constantFrom('a', '"', '\\', '\0', 'é', '\u2028', '🟢', '\uFEFF') })
      .map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 6 }), body, fc.nat(), (headers, bytes, now) => {
      const came = { provider: 'x', source: 'y', method: 'POST', url: '/webhooks/y', body: Buffer.from(bytes), now };
      const line = lineOf({ ...came, rawHeaders: headers.flat() });
      assert.ok(!line.includes('\n'));
      const [read] = filedRequests(line);
      assert.deepEqual([read?.body, read?.now, read?.secrets], [came.body, now, null]);
      const wanted = Map.groupBy(headers, ([each]) => each.toLowerCase());
      for (const [each, all] of wanted)
        assert.deepEqual(read?.headers.get(each)?.toSorted(), all.map(([, v]) => v).toSorted());
      assert.equal(read?.headers.size, wanted.size);
    }),
  );
});
