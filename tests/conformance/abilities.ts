import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Destination, Receipt } from '../../src/model/destination.ts';
import type { Mention, Notification } from '../../src/model/notification.ts';
import type { Abilities, Channel, IdKey } from '../../src/model/plugin/channel.ts';
import { aNotification, anActivity } from '../fixtures/activities.ts';
import type { DestinationUnderTest } from './destination-under-test.ts';

type Variants = Readonly<Record<string, () => Promise<DestinationUnderTest>>>;

/** What one did, where somebody looked. */
interface Seen extends Omit<Abilities, 'thread' | 'card' | 'dedup'> {
  readonly thread: boolean;
  readonly card: boolean;
  readonly dedup: boolean;
  readonly people: boolean;
  readonly teams: boolean;
}

/** That each way of a type to be set up can do what its row says, and nothing else. */
export function abilitiesConformance(type: string, channel: Channel<unknown>, variants: Variants): void {
  for (const [way, names] of byWay(channel, Object.keys(variants))) {
    void test(`${way === '' ? type : `${type}, ${way}`}: it can do what its row says, and nothing else`, async () => {
      const did = await Promise.all(names.map((name) => seen(type, channel, variants[name] ?? assert.fail())));
      const [first] = did;
      assert(first);
      // A setting may choose between them.
      const any = { thread: did.some(({ thread }) => thread), edit: did.some(({ edit }) => edit) };
      assert.deepEqual({ ...first, ...any }, await declared(channel, way));
    });
  }
}

/** Variants are called `type, way`. */
function byWay({ ways }: Channel<unknown>, names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const wayOf = (name: string) => Object.keys(ways ?? {}).find((way) => name.endsWith(`, ${way}`)) ?? '';
  const found = Map.groupBy(names, wayOf);
  if (ways) assert.deepEqual([...found.keys()], Object.keys(ways), 'a variant for each way, called for it');
  return found;
}

async function declared(channel: Channel<unknown>, way: string): Promise<Seen> {
  const { keys, person, team } = await channel.schema();
  const { isNameless = false, ...differs } = channel.ways?.[way] ?? {};
  const { digest, thread, card, edit, everybody, dedup, paceMs = 0 } = { ...channel.can, ...differs };
  const isPaced = 'per_second' in keys || 'per_minute' in keys;
  return {
    digest,
    thread: thread !== null,
    card: card !== null,
    edit,
    everybody,
    dedup: dedup !== null,
    people: person !== undefined && !isNameless,
    teams: team !== undefined && !isNameless,
    // Set to none, by whoever brings it.
    paceMs: isPaced ? 0 : paceMs,
  };
}

async function seen(type: string, channel: Channel<unknown>, make: () => Promise<DestinationUnderTest>): Promise<Seen> {
  const { person, team } = await channel.schema();
  const { digestOver, intervalMs, card, isKnown } = await looking(make, async ({ destination, tries }) => ({
    ...destination,
    card: destination.cards !== undefined,
    isKnown: tries !== undefined,
  }));
  // Without such a key no id is one of its own; programs are given all of them, as data.
  const calls = async (key: IdKey | undefined) =>
    key !== undefined && (await looking(make, (under) => callsBy(type, under, key.example)));
  return {
    digest: digestOver,
    paceMs: intervalMs,
    card,
    ...(await looking(make, conversation)),
    everybody: await looking(make, callsEverybody),
    dedup: isKnown,
    people: await calls(person),
    teams: await calls(team),
  };
}

async function looking<T>(
  make: () => Promise<DestinationUnderTest>,
  look: (under: DestinationUnderTest) => Promise<T>,
): Promise<T> {
  await using under = await make();
  const found = await look(under);
  await under.destination[Symbol.asyncDispose]();
  return found;
}

/** Two about one issue, one about another, one about none; then two about the first, of which a rule wants one to stand by itself. */
async function conversation({ destination, shown, threads }: DestinationUnderTest) {
  const about = (thread: string | null, id: number) => aNotification(anActivity({ thread }), id);
  let kept = await sent(destination, about('acme/api#12', 1));
  kept = stored(await sent(destination, about('acme/api#12', 2), kept)) ?? kept;
  await sent(destination, about('acme/api#13', 3));
  await sent(destination, about(null, 4));
  const isEdited = shown().length < 4;
  const [first = null, second = null, ...others] = threads?.() ?? [];
  const isOne = first !== null && first === second;
  if (!isOne) return { thread: false, edit: isEdited };
  assert.ok(!others.includes(first), 'what is about something else does not go into its thread');
  kept = (await sent(destination, about('acme/api#12', 5), kept, null)) ?? kept;
  await sent(destination, about('acme/api#12', 6), kept);
  const [alone, last] = threads?.().slice(-2) ?? [];
  assert.deepEqual(
    [alone === first, last === first],
    [false, true],
    'what is to stand by itself does, and changes nothing',
  );
  return { thread: true, edit: isEdited };
}

/** After a restart. */
function stored(receipt: Receipt | null): Receipt | null {
  return receipt && JSON.parse(JSON.stringify(receipt));
}

async function callsEverybody({ destination, harm }: DestinationUnderTest): Promise<boolean> {
  const mentions = [{ name: 'everybody', audience: 'channel', ids: {} }] as const;
  await sent(destination, calling(mentions));
  return harm().length > 0;
}

async function callsBy(type: string, { destination, shown, harm }: DestinationUnderTest, id: string): Promise<boolean> {
  await sent(destination, calling([{ name: 'Mona', ids: { [type]: id } }]));
  return harm().length > 0 || shown().join('\n').includes(id);
}

function calling(mentions: readonly Mention[]): Notification {
  return aNotification(anActivity(), 1, mentions);
}

/** `thread`: as its rule says. */
async function sent(
  destination: Destination,
  notification: Notification,
  earlier: Receipt | null = null,
  thread: string | null = notification.activity.keys.thread,
) {
  const message = { kind: 'single', notification } as const;
  const outcome = await destination.send(message, { signal: new AbortController().signal, earlier, thread });
  assert.equal(outcome.kind, 'sent', JSON.stringify(outcome));
  return (outcome.kind === 'sent' && outcome.receipt) || null;
}
