import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROVIDERS } from '../../src/catalog.ts';
import type { SourceConfig } from '../../src/config/config.ts';
import { headersOf } from '../../src/destinations/forward/headers.ts';
import type { Catalog } from '../../src/model/plugin/catalog.ts';
import { resignAs } from '../../src/run/resign.ts';
import { newGuid } from '../../src/shared/ids.ts';
import { Secret } from '../../src/shared/secret.ts';
import { aStoredEvent } from '../doubles/application-double.ts';
import { aNotification, anActivity } from '../fixtures/activities.ts';
import { CHANGES, type Change } from './changes.ts';
import { KEYS, type Keys, type SourceName } from './keys.ts';
import type { Sent, Sign } from './sent.ts';
import { addressOf, newest, post } from './server.ts';

/** A provider's own library, beside a source of ours. */
export interface Peer {
  readonly source: SourceName;
  /** In lower case. */
  readonly signatureHeader: string;
  readonly isTimeSigned: boolean;
  /** The library's verdict; what it throws, or finds nothing in, is a no. */
  accepts(sent: Sent, secret: string): unknown;
  readonly cases: readonly PeerCase[];
  /** What is refused here and accepted there, with the reason. */
  readonly acceptedThere?: Partial<Readonly<Record<Change, string>>>;
  /** The key that samples are signed with, where it is not the one that they are verified with. */
  readonly sampleKey?: (secret: string) => string;
  /** What is signed has its time in the body, which is forwarded as it is. */
  readonly isTimeInBody?: true;
  /** Nobody but the provider can sign what the source verifies. */
  readonly signsAlone?: true;
  /** What the source is set to when a sample is signed for it. */
  readonly settings?: object;
}

export interface PeerCase {
  readonly name: string;
  readonly sign: Sign;
  /** As it is stored. */
  readonly type: string;
  readonly deliveryId: string | ((sent: Sent) => string);
  /** Without it: ours. */
  readonly answer?: string;
}

/** All that there are, for what asks them at once. */
export const PEERS: Peer[] = [];

export function peerSuite(peer: Peer): void {
  PEERS.push(peer);
  const { source } = peer;
  const { secrets, other }: Keys = KEYS[source];
  const says = async (sent: Sent, secret: string): Promise<boolean> => {
    try {
      return Boolean(await peer.accepts(sent, secret));
    } catch {
      return false;
    }
  };

  for (const { name, sign, type, deliveryId, answer } of peer.cases) {
    test(`${source}: ${name} is accepted here as there, by either secret`, async () => {
      for (const [no, secret] of secrets.entries()) {
        const sent = await sign({ secret, at: new Date() });
        assert.equal(await says(sent, secret), true, 'the library');
        const got = await post(source, sent);
        const stored = await newest(source);
        const id = typeof deliveryId === 'string' ? deliveryId : deliveryId(sent);
        assert.deepEqual([got.status, stored?.type, stored?.deliveryId], [200, type, id]);
        const status = no === 0 ? 'accepted' : 'duplicate';
        assert.equal(got.text, answer ?? JSON.stringify({ status, id: stored?.id }));
      }
    });

    for (const change of CHANGES) {
      if (change.isOfTime && !peer.isTimeSigned) continue;
      const reason = peer.acceptedThere?.[change.name];
      const there = reason === undefined ? 'here as there' : `here, and not there: ${reason}`;
      test(`${source}: ${name}, ${change.name}, is refused ${there}`, async () => {
        const [secret] = secrets;
        const sent = await change.make(sign, { secret, other, signatureHeader: peer.signatureHeader });
        const before = (await newest(source))?.id;
        assert.equal((await post(source, sent)).status, 401);
        assert.equal((await newest(source))?.id, before);
        assert.equal(await says(sent, secret), reason !== undefined, 'the library');
      });
    }
  }

  test(`${source}: what \`tidings send\` signs is accepted there as here`, async () => {
    const rows: Catalog['providers'] = PROVIDERS;
    const { provider = source }: Keys = KEYS[source];
    const [secret] = secrets;
    const row = (await rows[provider]?.())?.provider;
    const samples = await row?.samples?.();
    assert.ok(row?.sign && samples && samples.names().length > 0);
    for (const name of samples.names()) {
      const now = Date.now();
      const made = samples.make(name, 1, now);
      assert.ok(made);
      const body = samples.written?.(made.payload) ?? Buffer.from(JSON.stringify(made.payload));
      const unsigned = { url: addressOf(source), type: made.type, guid: newGuid(), body, now };
      const headers = await row.sign(unsigned, new Secret(peer.sampleKey?.(secret) ?? secret), peer.settings ?? {});
      const sent: Sent = { method: 'POST', query: '', headers, body: body.toString('utf8') };
      assert.equal(await says(sent, secret), true, name);
      assert.match(String((await post(source, sent)).status), /^20[04]$/, name);
    }
  });

  test(`${source}: what is forwarded two days late is accepted there as the day it came`, async () => {
    const rows: Catalog['providers'] = PROVIDERS;
    const { provider = source }: Keys = KEYS[source];
    const row = (await rows[provider]?.())?.provider;
    assert.ok(row);
    const [secret] = secrets;
    const given = { name: source, secrets: [new Secret(secret)], settings: peer.settings ?? {} };
    const { storedHeaders } = await row.source(given);
    const resign = resignAs({ sources: [{ ...given, provider } as unknown as SourceConfig] });
    for (const { name, sign, type } of peer.cases) {
      const at = new Date(Date.now() - (peer.isTimeInBody ? 0 : 2 * 86_400_000));
      const sent = await sign({ secret, at });
      const stored = storedHeaders.flatMap((each) =>
        sent.headers[each] === undefined ? [] : [[each, sent.headers[each]]],
      );
      const headers: Sent['headers'] = Object.fromEntries(stored);
      const body = sent.method === 'GET' ? sent.query : sent.body;
      const event = aStoredEvent({ source, type, guid: newGuid(), headers, body: Buffer.from(body) });
      const resigned = await resign({ event, url: addressOf(source), now: Date.now() });
      // With a digest of the body in the address it is signed for that one.
      if (peer.signsAlone || sent.query.includes('bodySHA256')) assert.equal(resigned.ok, false);
      else {
        assert(resigned.ok, JSON.stringify(resigned));
        const forwarded = headersOf(event, aNotification(anActivity()), resigned.headers);
        assert.equal(await says({ method: 'POST', query: '', headers: forwarded, body }, secret), true, name);
      }
    }
  });
}
