import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handleFetch } from '../../src/accept/fetch-edge.ts';
import { createReception } from '../../src/accept/reception.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import type { Provider } from '../../src/model/plugin/provider.ts';
import type { Source } from '../../src/model/source.ts';
import { UNCOUNTED } from '../../src/model/telemetry.ts';
import { filedRequests } from '../../src/run/verify/filed-request.ts';
import { type RequestVerdict, verifyRequest } from '../../src/run/verify/verify-request.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { Secret } from '../../src/shared/secret.ts';
import { lowerCase } from './schemes.ts';
import { NOW, type SourceCase, type SourceFixture } from './source-fixture.ts';

const LIMITS = { maxBodyBytes: 1024 * 1024, maxInFlightBytes: 1024 * 1024 };

/** What every provider's source must do, through the code that receives. */
export function sourceConformance(name: string, provider: Provider<unknown>, fixture: SourceFixture): void {
  const { secret, other = 'not the secret of anybody here', toleranceSeconds } = fixture;
  const sourceOf = (...secrets: readonly string[]): Promise<Source> =>
    provider.source({ name, secrets: secrets.map((each) => new Secret(each)), settings: fixture.settings ?? {} });
  const asked = async (request: SourceCase, secrets = request.secrets ?? [secret]) =>
    verdictOn(await sourceOf(...secrets), request);
  const genuine = (no = 1, signedBy = secret, seconds = NOW): SourceCase & { readonly body: Buffer } => {
    const { body } = fixture.event(no);
    return { name: 'genuine', body, headers: fixture.headers(body, signedBy, seconds, no), expect: 'accept' };
  };

  test(`${name}: what it signed is accepted, called by its name, and answered as it wants`, async () => {
    const { type, deliveryId } = fixture.event(1);
    const found = await asked(genuine());
    assert.deepEqual([found.verdict, found.status, found.type, found.deliveryId], ['accept', 200, type, deliveryId]);
    assert.equal(found.body, fixture.answer ?? '{"status":"accepted","id":1}');
    assert.notEqual((await asked(genuine(2))).deliveryId, deliveryId);
  });

  test(`${name}: nothing is believed without a right signature`, async () => {
    const { body, headers } = genuine();
    assert.equal((await asked(genuine(1, other))).cause, 'mismatch');
    assert.equal((await asked({ ...genuine(), headers: { 'Content-Type': 'application/json' } })).cause, 'unsigned');
    if (fixture.isBodySigned === false) return;
    // Before anything of the body is read: whatever stands there changes nothing.
    for (const changed of [flipped(body), body.subarray(0, -1), Buffer.from('{'), Buffer.alloc(0), nested()]) {
      const found = await asked({ ...genuine(), headers, body: changed });
      assert.deepEqual([found.verdict, found.cause, found.status], ['reject', 'mismatch', 401]);
    }
  });

  test(`${name}: whatever was signed, it is an event or a request that does not say what it is`, async () => {
    const odd = [
      '',
      '{',
      'null',
      '7',
      '"x"',
      '[]',
      '{}',
      '{"id":7,"type":{}}',
      '{"type":"x","event":7}',
      'payload=%7B',
      'a=b',
    ];
    for (const body of [...odd.map((text) => Buffer.from(text)), nested(), Buffer.from([0xff, 0xfe, 0, 0x80])]) {
      const found = await asked({
        name: 'odd',
        body,
        headers: fixture.headers(body, secret, NOW, 1),
        expect: 'accept',
      });
      const wanted = found.verdict === 'reject' ? ['unidentified', 400] : [null, 200];
      assert.deepEqual([found.cause, found.status], wanted, body.toString('utf8', 0, 40));
    }
  });

  test(`${name}: without a secret nothing is right`, async () => {
    for (const secrets of [[], [''], ['', '']]) {
      assert.equal((await asked(genuine(1, ''), secrets)).cause, 'mismatch');
      assert.equal((await asked(genuine(), secrets)).cause, 'mismatch');
    }
  });

  test(`${name}: while a secret is changed both are taken, and it is known which one it was`, async () => {
    const source = await sourceOf('', other, secret);
    for (const [signedBy, no] of [
      [other, 2],
      [secret, 3],
    ] as const) {
      const { body, headers } = genuine(1, signedBy);
      const received = await source.receive({
        method: 'POST',
        url: `/webhooks/${name}`,
        headers: lowerCase(headers),
        body,
        now: NOW * 1000,
      });
      assert.equal('secretNo' in received ? received.secretNo : null, no);
    }
    assert.equal(new Set(source.keyIds).size, 2);
  });

  test(`${name}: a header that the verdict rests on comes once`, async () => {
    const { onceHeaders } = await sourceOf(secret);
    const { headers } = genuine();
    const sent = Object.entries(headers).filter(([header]) => onceHeaders.includes(header.toLowerCase()));
    assert.ok(sent.length > 0);
    for (const [header, value] of sent) {
      const found = await asked({
        ...genuine(),
        headers: { ...headers, [header]: [value as string, value as string] },
      });
      // Two values in one header may be malformed already.
      assert.ok(['repeated_header', 'malformed_signature'].includes(found.cause ?? ''), `${header}: ${found.cause}`);
      assert.equal(found.status, 401);
    }
  });

  test(`${name}: what is kept of the headers is no credential`, async () => {
    const { storedHeaders, onceHeaders } = await sourceOf(secret);
    assert.deepEqual(
      storedHeaders.filter((header) => /signature|(?<!idempotency-)token|authorization|cookie|secret/.test(header)),
      [],
    );
    assert.ok([...storedHeaders, ...onceHeaders].every((header) => header === header.toLowerCase()));
  });

  if (toleranceSeconds !== null) {
    test(`${name}: a signed time is taken ${toleranceSeconds} seconds either way, and not one more`, async () => {
      for (const sign of [-1, 1]) {
        const at = (seconds: number) => asked(genuine(1, secret, NOW + sign * seconds));
        assert.equal((await at(toleranceSeconds)).verdict, 'accept');
        const stale = await at(toleranceSeconds + 1);
        assert.deepEqual([stale.verdict, stale.cause, stale.status], ['reject', 'stale', 401]);
        // Said of what the provider did sign alone.
        assert.equal((await asked(genuine(1, other, NOW + sign * 10_000))).cause, 'mismatch');
      }
    });
  }

  for (const request of fixture.cases) {
    test(`${name}: ${request.name}`, async () => {
      const found = await asked(request);
      const { expect } = request;
      if (typeof expect === 'string') {
        assert.deepEqual([found.verdict, found.status], [expect, request.status ?? 200], found.why ?? '');
        if (expect === 'handshake') assert.deepEqual([found.type, found.deliveryId], [null, null]);
        else assert.ok(found.deliveryId);
      } else {
        assert.deepEqual([found.verdict, found.cause, found.status], ['reject', expect.cause, expect.status ?? 401]);
        assert.deepEqual([found.type, found.deliveryId], [null, null]);
      }
      if (request.answer !== undefined) assert.equal(found.body, request.answer);
      if (request.type !== undefined) assert.equal(found.type, request.type);
    });
  }

  test(`${name}: where the fault is ours, the sender is told to come again`, async () => {
    const gone = { append: () => Promise.reject(new InboxUnavailableError('the disk is full')) };
    const source = await sourceOf(secret);
    const url = `http://localhost/webhooks/${name}`;
    const { body } = fixture.event(1);
    const headers = fixture.headers(body, secret, NOW, 1, url);
    for (const maxInFlightBytes of [LIMITS.maxInFlightBytes, 1]) {
      const reception = createReception({
        sources: new Map([[name, source]]),
        intake: gone,
        telemetry: UNCOUNTED,
        clock: { ...systemClock, now: () => NOW * 1000 },
        log: createLog('silent'),
        limits: { ...LIMITS, maxInFlightBytes },
      });
      const answer = await handleFetch(
        reception,
        new Request(url, { method: 'POST', headers, body: new Uint8Array(body) }),
      );
      // After a 4xx some never come again, and some switch the webhook off.
      assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5']);
    }
  });

  test(`${name}: no refusal repeats a secret`, async () => {
    for (const request of [...fixture.cases, genuine(1, other)]) {
      const { why, body } = await asked(request);
      const said = `${why ?? ''} ${body}`;
      assert.ok(!said.includes(secret) && !said.includes(other), said);
    }
  });
}

export async function verdictOn(source: Source, request: SourceCase): Promise<RequestVerdict> {
  const { expect: _, body, now = NOW, ...rest } = request;
  const filed = { ...rest, provider: source.provider, bodyBase64: Buffer.from(body).toString('base64'), now };
  const [read] = filedRequests(JSON.stringify(filed));
  assert.ok(read);
  return verifyRequest(source, read, now * 1000);
}

function flipped(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1;
  return copy;
}

/** JSON that takes long to read, or more stack than there is. */
function nested(): Buffer {
  return Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
}
