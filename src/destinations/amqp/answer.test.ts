import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asked, outcomeOf } from './answer.ts';
import type { Published } from './broker.ts';

const ASKED: Asked = { place: 'RabbitMQ at mq', exchange: 'events', key: 'a.b', timeoutMs: null, refusedBefore: false };

const failed = (message: string, hasLeft: boolean): Published => ({
  kind: 'failed',
  error: new Error(message),
  hasLeft,
});

const REFUSED = failed('Expected ConnectionOpenOk; got <ConnectionClose channel:0>', false);

const TABLE: readonly (readonly [Published, Partial<Asked>, RegExp])[] = [
  [{ kind: 'confirmed' }, {}, /^sent$/],
  [{ kind: 'nacked' }, {}, /^retry .*a queue is full/],
  [{ kind: 'blocked', hasLeft: false }, {}, /^retry .*memory or disk/],
  [{ kind: 'blocked', hasLeft: true }, {}, /^unknown .*memory or disk/],
  [{ kind: 'unroutable' }, {}, /^rejected no queue gets a\.b of exchange events; bind one/],
  [{ kind: 'unroutable' }, { exchange: '' }, /^broken .*has no queue a\.b; declare it/],
  [
    failed(`Channel closed by server: 404 (NOT-FOUND) with message "NOT_FOUND - no exchange 'events'"`, true),
    {},
    /^broken .*declare it/,
  ],
  [
    failed('Handshake terminated by server: 403 (ACCESS-REFUSED) with message "ACCESS_REFUSED"', false),
    {},
    /^broken .*password in url/,
  ],
  [
    failed('Handshake terminated by server: 530 (NOT-ALLOWED) with message "vhost not found"', false),
    {},
    /^broken .*virtual host/,
  ],
  [REFUSED, {}, /^retry .*virtual host/],
  [REFUSED, { refusedBefore: true }, /^broken .*virtual host/],
  [failed('Channel closed by server: 406 (PRECONDITION-FAILED) with message "too large"', true), {}, /^rejected /],
  [failed('Connection closed: 320 (CONNECTION-FORCED) with message "shutdown"', true), {}, /^unknown /],
  [failed('connect ECONNREFUSED 127.0.0.1:5672', false), {}, /^retry .*cannot be reached/],
  [failed('given up', true), { timeoutMs: 10_000 }, /^unknown .*no answer within 10 s/],
];

for (const [published, asked, says] of TABLE) {
  const what =
    published.kind === 'failed' && published.error instanceof Error ? published.error.message : published.kind;
  test(`${what}, ${JSON.stringify(asked)}: ${says.source}`, () => {
    const outcome = outcomeOf(published, { ...ASKED, ...asked });
    assert.match([outcome.kind, 'reason' in outcome ? outcome.reason : ''].join(' ').trim(), says);
  });
}
