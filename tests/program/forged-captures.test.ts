import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTidings, destination, type Message, Secret } from '../../src/index.ts';
import { NOW } from '../conformance/source-fixture.ts';
import { type ProviderUnderTest, providersUnderTest } from '../golden/providers.ts';
import { dataDir, drained, openInbox } from '../support/data-dir.ts';
import { FULL, tried } from '../support/long-form.ts';

/** Samples of a provider in `npm test`; all of them with ATTACK=full. */
const SOME = 3;

interface Captured {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What was really sent, as whoever sits on the way sees it. */
async function captured({ name, provider, fixture }: ProviderUnderTest): Promise<readonly Captured[]> {
  const samples = await provider.samples?.();
  if (samples === undefined || provider.sign === undefined) return [];
  const names = samples.names();
  const step = FULL ? 1 : Math.ceil(names.length / SOME);
  const found: Captured[] = [];
  for (const [no, pair] of names.filter((_, index) => index % step === 0).entries()) {
    const made = samples.make(pair, no, NOW * 1000);
    assert.ok(made);
    const body = samples.written?.(made.payload) ?? Buffer.from(JSON.stringify(made.payload));
    const url = `http://localhost/webhooks/${name}`;
    const delivery = { type: made.type, guid: `guid-${no}`, url, body, now: NOW * 1000 };
    found.push({ headers: await provider.sign(delivery, new Secret(fixture.secret), fixture.settings ?? {}), body });
  }
  return found;
}

/** What he can vary of one: every header that no signature covers, by what stands there in others, and by what he makes up. */
function forgeries(one: Captured, all: readonly Captured[], { fixture }: ProviderUnderTest): readonly Captured[] {
  const unsigned = new Set((fixture.spared ?? []).map((each) => each.in));
  return Object.entries(one.headers).flatMap(([header, was]) => {
    if (!unsigned.has(header.toLowerCase())) return [];
    const others = all.map(({ headers }) => headers[header] ?? '');
    const made = new Set([...others, 'made-up', `${was}0`, was.toUpperCase(), '']);
    made.delete(was);
    return [...made].map((value) => ({ ...one, headers: { ...one.headers, [header]: value } }));
  });
}

test('of every provider, what is forged from a capture by what nobody signed is not announced again', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOW * 1000 });
  await using folder = await dataDir();
  const all = await providersUnderTest();
  const told: string[] = [];
  const idOf = (message: Message) => (message.kind === 'single' ? message.notification.activity.kind : 'a digest');
  const room = destination({ name: 'room', send: (message) => void told.push(idOf(message)) });
  const sources = await Promise.all(
    all.map(({ name, provider, fixture: { secret, settings = {} } }) =>
      provider.source({ name, secrets: [new Secret(secret)], settings }),
    ),
  );
  await using tidings = await createTidings({
    database: join(folder.path, 'tidings.db'),
    sources,
    destinations: [room],
    rules: [{ name: 'all', on: '*' }],
    log: 'silent',
  });
  const post = async (name: string, { headers, body }: Captured) => {
    const init = { method: 'POST', headers, body: new Uint8Array(body) };
    return (await tidings.fetch(new Request(`http://localhost/webhooks/${name}`, init))).status;
  };
  await tidings.start();
  await using inbox = await openInbox(folder.path);
  let attacks = 0;
  for (const under of all) {
    const genuine = await captured(under);
    for (const one of genuine) assert.ok([200, 204].includes(await post(under.name, one)), under.name);
    await drained(inbox);
    const before = told.length;
    for (const one of genuine) {
      for (const forged of forgeries(one, genuine, under)) {
        attacks += 1;
        // Taken, for a person to look at, or refused for what it does not say.
        assert.ok([200, 400].includes(await post(under.name, forged)), under.name);
      }
    }
    await drained(inbox);
    assert.deepEqual(told.slice(before), [], under.name);
  }
  assert.ok(told.length > all.length, 'what is genuine is announced');
  tried(t, attacks, 'forgeries');
});
