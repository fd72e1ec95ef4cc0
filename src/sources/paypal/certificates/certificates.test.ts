import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import {
  BY_LEAF,
  EXPIRED,
  INTERMEDIATE,
  LEAF,
  OTHER_NAME,
  ROOT,
} from '../../../../tests/fixtures/paypal-certificates.ts';
import type { OutboundRequest, OutboundResult } from '../../../shared/outbound.ts';
import { type Certificates, createCertificates } from './certificates.ts';
import type { Found } from './looking.ts';

const NOW = 1_767_225_600_000;
const URL_OF = (name: string) => `https://api.paypal.com/v1/notifications/certs/${name}`;
const ONE = URL_OF('CERT-1');

type Answers = Readonly<Record<string, string | Buffer | number | null>>;

/** PayPal's host of certificates, and its authority's: what is not asked for as it should be fails the test. */
function host(answers: Answers) {
  const asked: string[] = [];
  let release: () => void = () => undefined;
  let gate: Promise<void> | null = null;
  /** Null: it is away. */
  const request = async (outbound: OutboundRequest): Promise<OutboundResult> => {
    const { method, url, body, timeoutMs, answerLimit = 0, headers } = outbound;
    assert.deepEqual([method, body, headers], ['GET', undefined, undefined]);
    assert.ok(timeoutMs <= 5_000 && answerLimit > 0 && answerLimit <= 64 * 1024);
    assert.match(url, /^https:\/\/(?:api\.paypal\.com\/v1\/notifications\/certs\/|cacerts\.digicert\.com\/)/);
    asked.push(url);
    await gate;
    const { [url]: answer = 404 } = answers;
    if (answer === null) return { kind: 'unreachable', reason: 'ECONNREFUSED' };
    const status = typeof answer === 'number' ? answer : 200;
    const text = typeof answer === 'number' ? '<html>' : Buffer.from(answer).toString('latin1');
    return { kind: 'answered', status, headers: new Headers(), text };
  };
  const hold = () => {
    gate = new Promise((resolve) => {
      release = resolve;
    });
  };
  return { asked, request, hold, release: () => release() };
}

function certificates(of: ReturnType<typeof host>, anchors: string | null = ROOT): Certificates {
  const subjects = ['messageverificationcerts.paypal.com'];
  return createCertificates({ request: of.request, anchors, subjects, served: null });
}

const problemOf = (found: Found) => (found.kind === 'trusted' ? null : `${found.kind}: ${found.problem}`);

test('a certificate is fetched once, checked, and kept until it expires', async () => {
  const paypal = host({ [ONE]: LEAF + INTERMEDIATE });
  const known = certificates(paypal);
  assert.equal((await known.at(ONE, NOW)).kind, 'trusted');
  const again = known.at(ONE, NOW + 86_400_000);
  assert.ok(!(again instanceof Promise) && again.kind === 'trusted');
  assert.deepEqual(paypal.asked, [ONE]);
  const { until } = again;
  assert.equal(problemOf(await known.at(ONE, until + 1)), 'untrusted: it has expired');
  assert.equal(paypal.asked.length, 2);
});

test('whoever comes while it is fetched waits for the same answer', async () => {
  const paypal = host({ [ONE]: LEAF + INTERMEDIATE });
  paypal.hold();
  const known = certificates(paypal);
  const all = Array.from({ length: 50 }, async () => known.at(ONE, NOW));
  paypal.release();
  assert.ok((await Promise.all(all)).every(({ kind }) => kind === 'trusted'));
  assert.equal(paypal.asked.length, 1);
});

test('what cannot be had is asked for again after a while, and not before', async () => {
  for (const [answer, words] of [
    [null, 'away: api.paypal.com did not answer (ECONNREFUSED)'],
    [503, 'away: api.paypal.com answered 503'],
    [302, 'away: api.paypal.com answered 302'],
    [404, 'away: api.paypal.com answered 404'],
  ] as const) {
    const paypal = host({ [ONE]: answer });
    const known = certificates(paypal);
    assert.equal(problemOf(await known.at(ONE, NOW)), words);
    assert.equal(problemOf(await known.at(ONE, NOW + 29_000)), words);
    assert.equal(paypal.asked.length, 1);
    await known.at(ONE, NOW + 31_000);
    assert.equal(paypal.asked.length, 2);
  }
});

test('whatever addresses a stranger names, few are asked for, and none drives out one that is right', async () => {
  const paypal = host({ [ONE]: LEAF + INTERMEDIATE });
  const known = certificates(paypal);
  await known.at(ONE, NOW);
  for (let no = 0; no < 500; no += 1) await known.at(URL_OF(`STRANGE-${no}`), NOW + no);
  assert.equal(paypal.asked.length, 12);
  assert.match(
    problemOf(await known.at(URL_OF('STRANGE-7000'), NOW)) ?? '',
    /^away: too many certificates were asked for/,
  );
  assert.equal((await known.at(ONE, NOW + 600)).kind, 'trusted');
  await known.at(URL_OF('STRANGE-8000'), NOW + 61_000);
  assert.equal(paypal.asked.length, 13);
});

test('a certificate proves something only if an authority vouches for it, and it is PayPal’s', async () => {
  const cases: readonly (readonly [name: string, served: string, problem: RegExp])[] = [
    ['of another name', OTHER_NAME + INTERMEDIATE, /names www\.example\.org, /],
    ['that has expired', EXPIRED + INTERMEDIATE, /expired/],
    ['that one issued who may not', BY_LEAF + LEAF + INTERMEDIATE, /nobody who is trusted here vouches/],
    ['of nobody', LEAF.replace(/[\s\S]/g, ''), /it is none/],
    ['that is a page', '<html>', /it is none/],
    ['cut short', LEAF.slice(0, 600), /it is none/],
  ];
  for (const [name, served, problem] of cases) {
    const found = await certificates(host({ [ONE]: served })).at(ONE, NOW);
    assert.equal(found.kind, 'untrusted', name);
    assert.match(problemOf(found) ?? '', problem, name);
  }
  const publicly = await certificates(host({ [ONE]: LEAF + INTERMEDIATE }), null).at(ONE, NOW);
  assert.match(problemOf(publicly) ?? '', /nobody who is trusted here/);
  assert.equal((await certificates(host({ [ONE]: INTERMEDIATE + LEAF })).at(ONE, NOW)).kind, 'trusted');
});

test('the certificate in between is fetched from its authority where the address leaves it out', async () => {
  const between = 'https://cacerts.digicert.com/TidingsTestIntermediate.crt';
  const paypal = host({ [ONE]: LEAF, [between]: new X509Certificate(INTERMEDIATE).raw });
  assert.equal((await certificates(paypal).at(ONE, NOW)).kind, 'trusted');
  assert.deepEqual(paypal.asked, [ONE, between]);
  const without = await certificates(host({ [ONE]: LEAF, [between]: 503 })).at(ONE, NOW);
  assert.match(
    problemOf(without) ?? '',
    /^away: nobody who is trusted here vouches for it: it is issued by Tidings Test Intermediate/,
  );
});
