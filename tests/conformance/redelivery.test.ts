import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceConfig } from '../../src/config/config.ts';
import { headersOf } from '../../src/destinations/forward/headers.ts';
import { resignAs } from '../../src/run/resign.ts';
import { Secret } from '../../src/shared/secret.ts';
import { aStoredEvent } from '../doubles/application-double.ts';
import { aNotification, anActivity } from '../fixtures/activities.ts';
import { providersUnderTest } from '../golden/providers.ts';
import { lowerCase } from './schemes.ts';
import { NOW } from './source-fixture.ts';

// What was received is verified once more where it is forwarded to, days later, as its provider says.

const APPLICATION = 'https://app.example.org/webhooks?of=all';
const LATER = NOW + 3 * 24 * 3600;

/** Nobody but these can sign as they do, with what their sources are verified by. */
const ALONE: Readonly<Record<string, (secret: string) => string>> = {
  discord: () => 'ab'.repeat(32),
  paypal: (secret) => secret,
};
/** These sign a time within the body, which stays as it is. */
const TIME_IN_BODY = ['linear'];

for (const { name, provider, fixture } of await providersUnderTest()) {
  test(`${name}: what it sent is believed where it is forwarded to, also days later`, async () => {
    const settings = fixture.settings ?? {};
    const secrets = [new Secret(fixture.secret)];
    const source = await provider.source({ name, secrets, settings });
    const { body, type, deliveryId } = fixture.event(1);
    const headers = lowerCase(
      fixture.headers(body, fixture.secret, NOW, 1, `https://tidings.example.org/webhooks/${name}`),
    );
    const url = `https://tidings.example.org/webhooks/${name}`;
    const received = await source.receive({ method: 'POST', url, headers, body, now: NOW * 1000 });
    assert(received.kind === 'event', JSON.stringify(received));
    const stored = Object.fromEntries(
      source.storedHeaders.flatMap((each) => (headers[each] ? [[each, headers[each]]] : [])),
    );
    const event = aStoredEvent({ source: name, type, guid: received.guid, deliveryId, headers: stored, body });

    const { [name]: known } = ALONE;
    const keys = known === undefined ? secrets : [new Secret(known(fixture.secret))];
    const config = { name, provider: name, settings, secrets: keys } as unknown as SourceConfig;
    const resigned = await resignAs({ sources: [config] })({ event, url: APPLICATION, now: LATER * 1000 });
    if (known !== undefined) return assert.equal(resigned.ok, false);
    assert(resigned.ok, JSON.stringify(resigned));
    const sent = headersOf(event, aNotification(anActivity()), resigned.headers);
    for (const each of Object.keys(stored)) assert.equal(sent[each], stored[each]);

    const application = await provider.source({ name, secrets, settings });
    const now = (TIME_IN_BODY.includes(name) ? NOW : LATER) * 1000;
    const found = await application.receive({ method: 'POST', url: APPLICATION, headers: sent, body, now });
    assert(found.kind === 'event', JSON.stringify(found));
    assert.deepEqual([found.type, found.guid], [type, received.guid]);
    // Of what signs the address it is part of the id.
    if (!fixture.signsUrl) assert.equal(found.deliveryId, deliveryId);
  });
}
