import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { CHANNELS } from '../../src/catalog.ts';
import type { Outcome } from '../../src/model/destination.ts';
import { aNotification, anActivity } from '../fixtures/activities.ts';
import type { Pointed, PointedAt } from './destination.ts';
import {
  HALF_YES,
  type Liar,
  type Lie,
  NO_ANSWER,
  NO_CONTENT,
  ODD_WAITS,
  redirects,
  refusal,
  startLiar,
} from './liar.ts';

const MESSAGE = { kind: 'single', notification: aNotification(anActivity()) } as const;
const DAY_MS = 86_400_000;
/** What the sockets of both sides hold, beside what is read. */
const MOST = 16 * 1024 * 1024;

async function told(open: Pointed[string], lie: Lie, look: (outcome: Outcome, at: PointedAt) => void): Promise<void> {
  await using liar = await startLiar(lie);
  const at = await open(liar.origin);
  look(await at.destination.send(MESSAGE, given()), at);
  assert.ok(liar.said < MOST, `${liar.said} bytes were taken`);
}

function given(signal = new AbortController().signal) {
  return { signal, earlier: null };
}

/** One line of some length, in which nothing is hidden and that opens nothing. */
function fit(outcome: Outcome, { secrets }: PointedAt): string {
  const said = outcome.kind === 'sent' ? outcome.answer : outcome.reason;
  assert.match(said, /^[^\n]{1,600}$/);
  assert.doesNotMatch(said, /\p{Cc}|\p{Bidi_Control}|\p{Cs}/u);
  for (const secret of secrets) assert.ok(!said.includes(secret), said);
  return said;
}

/** A page that nobody may open. */
async function startForbidden() {
  let visits = 0;
  const server = createServer((_, response) => {
    visits++;
    response.end('ok');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    visits: () => visits,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

function tellLies(name: string, open: Pointed[string]): void {
  describe(`${name}, told lies`, () => {
    test('a yes by the status alone is believed only where nothing else is promised', async () => {
      for (const [lie, tell] of Object.entries(HALF_YES)) {
        await told(open, tell, (outcome, at) => {
          fit(outcome, at);
          if (!at.believesStatus) assert.notEqual(outcome.kind, 'sent', lie);
          else assert.notEqual(outcome.kind, 'rejected', lie);
        });
      }
      await told(open, NO_CONTENT, ({ kind }, { believesStatus = false, believesNothing = false }) =>
        assert.equal(kind === 'sent', believesStatus || believesNothing),
      );
    });

    test('after what is no answer nobody knows', async () => {
      for (const [lie, tell] of Object.entries(NO_ANSWER)) {
        await told(open, tell, (outcome, at) => {
          fit(outcome, at);
          assert.equal(outcome.kind, 'unknown', `${lie}: ${JSON.stringify(outcome)}`);
        });
      }
    });

    test('asked to wait for a time that is none, it waits for none, or for a day at most', async () => {
      for (const [lie, tell] of Object.entries(ODD_WAITS)) {
        await told(open, tell, (outcome, at) => {
          fit(outcome, at);
          assert(outcome.kind === 'retry', `${lie}: ${JSON.stringify(outcome)}`);
          const { retryAfterMs: ms = 0 } = outcome;
          assert.ok(Number.isFinite(ms) && ms >= 0 && ms <= DAY_MS, `${lie}: ${ms}`);
        });
      }
    });

    test('it goes nowhere else', async () => {
      await using forbidden = await startForbidden();
      for (const [lie, tell] of Object.entries(redirects(forbidden.url))) {
        await told(open, tell, (outcome, at) => {
          fit(outcome, at);
          assert.equal(outcome.kind, 'broken', `${lie}: ${JSON.stringify(outcome)}`);
        });
      }
      assert.equal(forbidden.visits(), 0);
    });

    test('words of a refusal act nowhere, and repeat no secret', async () => {
      const { secrets } = await open('http://127.0.0.1:1');
      const words = `\u001b[2J\u202e\r\nEvil: ${secrets.join(' ')}\0\ud800 ${'x'.repeat(9_000)}`;
      await told(open, refusal(words), (outcome, at) => {
        fit(outcome, at);
        assert.notEqual(outcome.kind, 'sent');
      });
    });

    test('an answer that drips is given up with the lease', async () => {
      await using liar: Liar = await startLiar(
        (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'),
      );
      const { destination } = await open(liar.origin);
      const stop = new AbortController();
      const sending = destination.send(MESSAGE, given(stop.signal));
      await liar.asked;
      stop.abort();
      assert.equal((await sending).kind, 'unknown');
    });
  });
}

for (const type of Object.keys(CHANNELS)) {
  const file = new URL(`destinations/${type}.ts`, import.meta.url);
  if (!existsSync(file)) continue;
  const { pointed = {} } = (await import(file.href)) as { readonly pointed?: Pointed };
  for (const [name, open] of Object.entries(pointed)) tellLies(name, open);
}
