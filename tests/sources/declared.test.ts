import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createReception } from '../../src/accept/reception.ts';
import { CATALOG } from '../../src/catalog.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Source } from '../../src/model/source.ts';
import { UNCOUNTED } from '../../src/model/telemetry.ts';
import { createLog } from '../../src/shared/log.ts';
import { Secret } from '../../src/shared/secret.ts';
import { sentence } from '../../src/text/sentence.ts';
import { verdictOn } from '../conformance/source.ts';
import { NOW, type SourceCase } from '../conformance/source-fixture.ts';
import { storedEvent } from '../golden/tell.ts';

/** A source as tidings.yaml declares it, read by the code that reads the file. */
async function declared(t: TestContext, keys: string, secret = 'key', rules = ''): Promise<Source> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-declared-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  const lines = keys
    .trim()
    .split('\n')
    .map((line) => `    ${line.trim()}`);
  const yaml = ['sources:', '  shop:', '    provider: generic', `    secrets: ${JSON.stringify(secret)}`, ...lines];
  writeFileSync(join(cwd, 'tidings.yaml'), `${yaml.join('\n')}\n${rules}`);
  const config = await loadConfig({ catalog: CATALOG, env: {}, cwd });
  const [source] = config.sources;
  assert.ok(source);
  const row = await CATALOG.providers[source.provider]?.();
  assert.ok(row);
  // Requests are verified at an address that is called like the provider.
  return { ...(await row.provider.source(source)), name: 'generic' };
}

/** What is printed of a declaration that makes no sense. */
async function problemsOf(t: TestContext, keys: string): Promise<string> {
  return declared(t, keys).then(
    () => 'none',
    (error: unknown) => {
      assert.ok(error instanceof ConfigError, String(error));
      return error.message;
    },
  );
}

type Headers = SourceCase['headers'];

const asked = (source: Source, headers: Headers, body: string | Buffer, more: Partial<SourceCase> = {}) =>
  verdictOn(source, {
    name: 'declared',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
    expect: 'accept',
    ...more,
  });

const hmac = (hash: string, key: string | Buffer, ...parts: readonly (string | Buffer)[]) =>
  createHmac(hash, key).update(Buffer.concat(parts.map((part) => Buffer.from(part))));

test('a sender like GitHub needs no code', async (t) => {
  const source = await declared(
    t,
    `header: X-Hub-Signature-256
     prefix: "sha256="
     id: X-GitHub-Delivery
     event: X-GitHub-Event`,
  );
  const body =
    '{"action":"opened","issue":{"number":12,"title":"Uploads fail","html_url":"https://github.com/acme/api/issues/12"}}';
  const headers = {
    'X-Hub-Signature-256': `sha256=${hmac('sha256', 'key', body).digest('hex')}`,
    'X-GitHub-Delivery': '72d3162e',
    'X-GitHub-Event': 'issues',
  };
  const found = await asked(source, headers, body);
  assert.deepEqual([found.verdict, found.deliveryId, found.type], ['accept', '72d3162e', 'issues']);
  assert.equal(
    (
      await asked(
        source,
        { ...headers, 'X-Hub-Signature-256': `sha1=${hmac('sha1', 'key', body).digest('hex')}` },
        body,
      )
    ).cause,
    'malformed_signature',
  );
  assert.equal(
    (await asked(source, { ...headers, 'X-GitHub-Event': ['issues', 'push'] }, body)).cause,
    'repeated_header',
  );
  const told = await source.normalise({
    ...storedEvent('issues', JSON.parse(body)),
    source: 'shop',
    headers: { 'x-github-event': 'issues' },
  });
  assert.ok(told.kind === 'activity');
  assert.equal(sentence(told.activity), 'Issues opened in shop: #12 Uploads fail');
  assert.equal(told.activity.subject?.url, 'https://github.com/acme/api/issues/12');
  assert.equal(told.activity.kind, 'issues.opened');
});

test('a sender like Linear, whose time in ms is in the body, needs no code', async (t) => {
  const source = await declared(
    t,
    `header: Linear-Signature
     timestamp: $.webhookTimestamp
     timestamp_unit: ms
     tolerance_seconds: 60
     id: Linear-Delivery`,
  );
  const sent = (seconds: number, more = {}) => {
    const body = JSON.stringify({ type: 'Issue', action: 'create', webhookTimestamp: seconds * 1000, ...more });
    return asked(
      source,
      { 'Linear-Signature': hmac('sha256', 'key', body).digest('hex'), 'Linear-Delivery': 'd1' },
      body,
    );
  };
  const found = await sent(NOW);
  assert.deepEqual([found.verdict, found.type, found.deliveryId], ['accept', 'Issue', 'd1']);
  assert.deepEqual([(await sent(NOW - 60)).verdict, (await sent(NOW + 60)).verdict], ['accept', 'accept']);
  assert.deepEqual([(await sent(NOW - 61)).cause, (await sent(NOW + 61)).cause], ['stale', 'stale']);
  for (const webhookTimestamp of [undefined, null, 'soon', {}, NOW + 0.5, -1, 1e300])
    assert.equal(
      (await sent(NOW, { webhookTimestamp })).cause,
      'malformed_signature',
      JSON.stringify(webhookTimestamp),
    );
});

test('a sender like Shopify, in base64, needs no code', async (t) => {
  const source = await declared(
    t,
    `header: X-Shopify-Hmac-Sha256
     encoding: base64
     id: X-Shopify-Webhook-Id
     event: X-Shopify-Topic`,
  );
  const body = '{"id":820982911946154508,"name":"#9999","total_price":"403.00","currency":"USD"}';
  const signature = hmac('sha256', 'key', body).digest('base64');
  const headers = {
    'X-Shopify-Hmac-Sha256': signature,
    'X-Shopify-Webhook-Id': 'w1',
    'X-Shopify-Topic': 'orders/create',
  };
  const found = await asked(source, headers, body);
  assert.deepEqual([found.verdict, found.deliveryId, found.type], ['accept', 'w1', 'orders']);
  for (const other of [signature.slice(0, -1), signature.replace(/=$/, ''), `${signature}=`, signature.toLowerCase()])
    assert.notEqual(
      (await asked(source, { ...headers, 'X-Shopify-Hmac-Sha256': other }, body)).verdict,
      'accept',
      other,
    );
  const told = await source.normalise({
    ...storedEvent('orders', JSON.parse(body)),
    source: 'shop',
    headers: { 'x-shopify-topic': 'orders/create' },
  });
  assert.ok(told.kind === 'activity');
  assert.equal(sentence(told.activity), 'Order created in shop: #9999 · $403.00');
});

test('a sender like PagerDuty, with several signatures, needs no code', async (t) => {
  const source = await declared(
    t,
    `header: X-PagerDuty-Signature
     prefix: "v1="
     separator: ","
     id: $.event.id
     event: $.event.event_type`,
  );
  const body = '{"event":{"id":"01BX","event_type":"incident.triggered","data":{"title":"Disk full"}}}';
  const by = (key: string) => `v1=${hmac('sha256', key, body).digest('hex')}`;
  for (const value of [by('key'), `${by('old')},${by('key')}`, `${by('key')}, v2=abc`, `v1=,${by('key')}`]) {
    const found = await asked(source, { 'X-PagerDuty-Signature': value }, body);
    assert.deepEqual([found.verdict, found.deliveryId, found.type], ['accept', '01BX', 'incident'], value);
  }
  assert.equal((await asked(source, { 'X-PagerDuty-Signature': by('old') }, body)).cause, 'mismatch');
  assert.equal(
    (await asked(source, { 'X-PagerDuty-Signature': `v2=${by('key').slice(3)}` }, body)).cause,
    'malformed_signature',
  );
  assert.equal(
    (await asked(source, { 'X-PagerDuty-Signature': Array(17).fill(by('key')).join(',') }, body)).cause,
    'malformed_signature',
  );
});

test('address, method, id and time are signed as the template says', async (t) => {
  const source = await declared(
    t,
    `signed: "{method}|{url}|{id}|{timestamp}|{body}"
     hash: sha512
     encoding: base64url
     secret_encoding: hex
     id: X-Id
     timestamp: X-Time
     timestamp_unit: iso`,
    '00ff10',
  );
  const time = new Date(NOW * 1000).toISOString();
  const url = 'https://hooks.example.test/in?a=1';
  const signature = hmac('sha512', Buffer.from('00ff10', 'hex'), `POST|${url}|i1|${time}|{}`).digest('base64url');
  const headers = { 'X-Signature': signature, 'X-Id': 'i1', 'X-Time': time };
  const at = (more: Headers, where = url) =>
    verdictOn(source, {
      name: 'x',
      headers: { ...headers, ...more },
      body: '{}',
      expect: 'accept',
      url: where,
    });
  assert.equal((await at({})).verdict, 'accept');
  assert.equal((await at({}, `${url}2`)).cause, 'mismatch');
  assert.equal((await at({ 'X-Id': 'i2' })).cause, 'mismatch');
  assert.equal((await at({ 'X-Time': new Date(NOW * 1000 + 1).toISOString() })).cause, 'mismatch');
  assert.equal((await at({ 'X-Time': 'yesterday' })).cause, 'malformed_signature');
  // A piece of a body may have been moved into it.
  assert.equal((await at({ 'X-Id': 'i1|{' })).cause, 'malformed_signature');
  assert.equal((await at({ 'X-Id': '' })).cause, 'malformed_signature');
  assert.equal((await at({ 'X-Id': ['i1', 'i1'] })).cause, 'repeated_header');
});

test('of a secret that is not in its encoding no part is a key', async (t) => {
  for (const [encoding, secret] of [
    ['hex', 'abc'],
    ['hex', '00zz'],
    ['base64', 'no base64!'],
  ]) {
    const source = await declared(t, `secret_encoding: ${encoding}`, secret);
    const written = Buffer.from(secret ?? '', encoding as BufferEncoding);
    for (const key of ['', written]) {
      const found = await asked(source, { 'X-Signature': hmac('sha256', key, '{}').digest('hex') }, '{}');
      assert.equal(found.cause, 'mismatch');
      assert.match(found.why ?? '', new RegExp(`^The secret is no ${encoding}`));
    }
  }
});

test('a token is taken as it is declared, and nothing else is', async (t) => {
  const plain = await declared(t, 'scheme: token\nheader: X-Api-Token', 'tok_1');
  const prefixed = await declared(t, 'scheme: token\nheader: Authorization\nprefix: "Token "', 'tok_1');
  const bearer = await declared(t, 'scheme: bearer', 'tok_1');
  const verdicts: readonly (readonly [source: Source, header: string, value: string, verdict: string | null])[] = [
    [plain, 'X-Api-Token', 'tok_1', 'accept'],
    [plain, 'X-Api-Token', 'tok_2', 'mismatch'],
    [plain, 'X-Api-Token', 'tok_11', 'mismatch'],
    [plain, 'X-Api-Token', '', 'unsigned'],
    [plain, 'Authorization', 'tok_1', 'unsigned'],
    [prefixed, 'Authorization', 'Token tok_1', 'accept'],
    [prefixed, 'Authorization', 'tok_1', 'malformed_signature'],
    [bearer, 'Authorization', 'Bearer tok_1', 'accept'],
    [bearer, 'authorization', 'bEARER tok_1', 'accept'],
    [bearer, 'Authorization', 'Bearer', 'malformed_signature'],
    [bearer, 'Authorization', 'Bearer tok_1 tok_1', 'malformed_signature'],
    [bearer, 'Authorization', 'tok_1', 'unsigned'],
    [bearer, 'Authorization', 'Basic dG9rXzE=', 'unsigned'],
  ];
  for (const [source, header, value, wanted] of verdicts) {
    const found = await asked(source, { [header]: value }, '{"type":"a.b"}');
    assert.equal(found.cause ?? found.verdict, wanted, `${header}: ${value}`);
  }
});

test('Basic is a user and password in UTF-8, in one spelling, and a secret without a colon is a password', async (t) => {
  const [named, alone] = [await declared(t, 'scheme: basic', 'test:123£'), await declared(t, 'scheme: basic', 'pass')];
  const basic = (text: string | Buffer) => `Basic ${Buffer.from(text).toString('base64')}`;
  const verdicts: readonly (readonly [source: Source, value: string, verdict: string])[] = [
    [named, 'Basic dGVzdDoxMjPCow==', 'accept'],
    [named, 'bAsIc dGVzdDoxMjPCow==', 'accept'],
    [named, 'Basic dGVzdDoxMjPCow', 'malformed_signature'],
    [named, 'Basic dGVzdDoxMjPCox==', 'malformed_signature'],
    [named, basic(Buffer.from('test:123£', 'latin1')), 'malformed_signature'],
    [named, basic('test:123'), 'mismatch'],
    [named, basic(''), 'malformed_signature'],
    [alone, basic('tidings:pass'), 'accept'],
    [alone, basic(':pass'), 'mismatch'],
    [alone, basic('pass'), 'mismatch'],
  ];
  for (const [source, value, wanted] of verdicts) {
    const found = await asked(source, { Authorization: value }, '{}');
    assert.equal(found.cause ?? found.verdict, wanted, value);
  }
  const empty = await declared(t, 'scheme: basic');
  assert.equal((await asked(empty, { Authorization: basic(':') }, '{}')).cause, 'mismatch');
});

test('a 401 asks for what is missing where HTTP has a word for it', async (t) => {
  const source = await declared(t, 'scheme: basic');
  const reception = createReception({
    sources: new Map([['shop', source]]),
    intake: { append: () => Promise.reject(new Error('nothing is stored')) },
    telemetry: UNCOUNTED,
    clock: { now: () => 0, monotonic: () => 0, after: () => () => {} },
    log: createLog('silent'),
    limits: { maxBodyBytes: 1000, maxInFlightBytes: 1000 },
    refusalLog: { refused: () => {}, failed: () => {} },
  });
  const answer = await reception.receive({
    method: 'POST',
    url: '/webhooks/shop',
    calledUrl: '/webhooks/shop',
    headers: { 'content-type': 'application/json' },
    from: undefined,
    declared: 0,
    isFramed: false,
    repeated: () => null,
    read: async () => 'whole',
  });
  assert.equal(answer?.status, 401);
  const at = answer?.headers.indexOf('WWW-Authenticate') ?? -1;
  assert.equal(answer?.headers[at + 1], 'Basic realm="shop", charset="UTF-8"');
});

test('what does not go together is told at its place, with what to write instead', async (t) => {
  const problems: readonly (readonly [keys: string, problem: RegExp])[] = [
    [
      'signed: "{timestamp}.{body}"',
      /tidings\.yaml:5:13: signed has \{timestamp\}, but nobody says where it is: add timestamp:/s,
    ],
    ['signed: "{timestamp}"\ntimestamp: X-Time', /signed.*has no \{body\}/s],
    ['signed: "{path}{body}"', /signed has \{path\}, which nobody fills in/],
    [
      'template: "{timestamp}.{body}"',
      /template words messages: what the sender signs is written signed: "\{timestamp\}/,
    ],
    ['signed: "{id}.{body}"\nid: $.id', /has \{id\}, which is in the body already/],
    ['timestamp: X-Time', /timestamp.*is a header that is not signed/s],
    ['tolerance_seconds: 60', /tolerance_seconds needs to know where the time is/],
    ['scheme: token\nhash: sha1', /hash is about signatures, and scheme: token has none/],
    ['scheme: token\ntimestamp: X-Time', /a time that nobody signs protects from nothing/],
    ['scheme: bearer\nheader: X-Token', /bearer is sent in Authorization/],
    ['scheme: basic\nprefix: "Basic "', /basic has its own word before it/],
    ['prefix: "v1,"\nseparator: ","', /separator is part of prefix/],
    ['timestamp: sent_at', /A field of the body is written \$\.sent_at/],
    ['id: X-Signature', /is a header that proves who sends/],
    ['event: Cookie', /is a header that proves who sends/],
    ['id: "$.a b"', /must be a header such as X-Event-Id, or a path into the body/],
    ['header: "X Signature"', /must be the name of a header/],
    ['hash: md5', /hash/],
    ['tolerance_seconds: 0\ntimestamp: $.at', /tolerance_seconds/],
  ];
  for (const [keys, problem] of problems) assert.match(await problemsOf(t, keys), problem, keys);
});

test('what a filed request declares is held to the same', async () => {
  const row = await CATALOG.providers['generic']?.();
  assert.ok(row);
  const body = '{}';
  const signature = hmac('sha256', 'key', body).digest('hex');
  for (const context of [
    { algorithm: 'md5' },
    { scheme: 'none' },
    { encoding: 7 },
    { template: 'x' },
    { toleranceSec: 'x', timestampHeader: 'X-T', template: '{timestamp}{body}' },
  ]) {
    const settings = row.provider.filed?.(context) ?? {};
    const source = await row.provider.source({ name: 'generic', secrets: [new Secret('key')], settings });
    for (const headers of [
      { 'X-Signature': signature },
      { 'X-Signature': hmac('sha256', 'key', 'x').digest('hex') },
      { 'X-Signature': hmac('sha256', 'key', `${NOW}`, body).digest('hex'), 'X-T': `${NOW}` },
    ])
      assert.equal((await asked(source, headers, body)).verdict, 'reject', JSON.stringify(context));
  }
});

test('equal bodies are one delivery, and where they are rightly sent each is one', async (t) => {
  const token = { 'X-Webhook-Token': 'key' };
  const idOf = async (source: Source, now: number) => (await asked(source, token, '{}', { now })).deliveryId;
  const unique = await declared(t, 'scheme: token');
  assert.equal(await idOf(unique, NOW), await idOf(unique, NOW + 9));
  const repeat = await declared(t, 'scheme: token\nbodies: repeat');
  assert.notEqual(await idOf(repeat, NOW), await idOf(repeat, NOW + 9));
  assert.deepEqual([unique.bodies, repeat.bodies], ['unique', 'repeat']);
});

test('no name of an event is misspelt where a sender names them freely', async (t) => {
  const rules = 'rules: [{ name: odd, sources: [shop], on: { pull_requets: [x], orders/paid: }, to: console }]\n';
  await declared(t, 'scheme: token', 'key', `${rules}destinations: { console: { type: console } }\n`);
  const github = rules.replace('shop', 'github').replace('orders/paid: ', '');
  await assert.rejects(declared(t, 'scheme: token\n', 'key', `  github:\n${github}`), /pull_requets/);
});
