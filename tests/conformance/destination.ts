import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Activity } from '../../src/model/activity.ts';
import type { Destination, Message, Outcome, Receipt } from '../../src/model/destination.ts';
import { LONGEST_RECEIPT } from '../../src/model/destination.ts';
import type { Notification } from '../../src/model/notification.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { aMergedPullRequest, aNotification, anActivity, aStar, digest } from '../fixtures/activities.ts';
import { aDesk } from '../fixtures/desk.ts';
import { showsCards } from './cards.ts';
import type { DestinationUnderTest, Ending } from './destination-under-test.ts';
import { HOSTILE, hostileActivity, hostileMentions, LONG } from './hostile-activity.ts';

/** By name: each way to send over HTTP, opened at an address of somebody else's. */
export type Pointed = Readonly<Record<string, (origin: string) => Promise<PointedAt>>>;

export interface PointedAt {
  readonly destination: Destination;
  readonly secrets: readonly string[];
  /** Any 2xx is a yes, whatever the answer says. */
  readonly believesStatus?: boolean;
  /** And so is one that has no content: the other side was asked to answer with what it has, and has not. */
  readonly believesNothing?: boolean;
}

const RECEIVED = { receivedAt: 1_767_225_600_000, storedAt: 1_767_225_600_004 };

function single(activity = anActivity(), more: Partial<Notification> = {}) {
  return { kind: 'single', notification: { ...aNotification(activity), ...RECEIVED, ...more } } as const;
}

let lastId = 100;

/** Of numbers that were never told: what is known by its key would be swallowed, and looked at by nobody. */
function anew<M extends Message>(message: M): M {
  const numbered = (notification: Notification) => ({ ...notification, id: ++lastId, eventId: lastId });
  return message.kind === 'single'
    ? { ...message, notification: numbered(message.notification) }
    : { ...message, notifications: message.notifications.map(numbered) };
}

/** What is cut, at each of the characters that one of it takes: alone, worded, and in digests of many groups, of two and of one. */
function longMessages(text: string): readonly Message[] {
  const shifted = (n: number) => 'a'.repeat(n % 5) + text;
  const mentions = hostileMentions(text.slice(0, 1_000));
  const singles = [0, 1].map((n) => single(hostileActivity(shifted(n)), { mentions }));
  const worded = single(hostileActivity(shifted(1), 1, shifted(2)), { mentions });
  const digests = [14, 2, 1].map((kinds) =>
    digest(
      Array.from({ length: 14 }, (_, n) =>
        hostileActivity(shifted(n), (n % kinds) + 1, n % 2 === 0 && kinds > 2 ? text : null),
      ),
    ),
  );
  return [...singles, worded, ...digests];
}

function given(earlier: Receipt | null = null, signal = new AbortController().signal) {
  return { signal, earlier };
}

/** Each of another kind, in another place, with a long title. */
function unlike(count: number): readonly Activity[] {
  return Array.from({ length: count }, (_, n) => {
    const url = `https://github.com/acme/api-${n}/issues/${n}`;
    return anActivity({
      kind: `kind${n}.opened`,
      sum: { noun: `thing ${n}`, part: null, alone: null },
      place: { name: `acme/api-${n}`, url },
      subject: { noun: 'issue', handle: `#${n}`, title: `${n} ${'Uploads fail on Safari, '.repeat(12)}`, url },
    });
  });
}

/** What an outcome says, to people and to the store. */
function saidIn(outcome: Outcome): string {
  return JSON.stringify(outcome);
}

/** What a destination is opened with here, beside its settings: a clock that stands, and a screen that nobody reads. */
export const OPENING = {
  name: 'team',
  clock: { ...systemClock, now: () => RECEIVED.receivedAt + 250 },
  terminal: { write: async () => {}, color: false, width: 100 },
  resign: async () => ({ ok: true, headers: {} }) as const,
  desk: aDesk(),
};

/** Every promise that Destination's doc makes, asked of one kind. */
export function destinationConformance(name: string, make: () => Promise<DestinationUnderTest>): void {
  describe(`destination conformance: ${name}`, () => {
    /** With its words and every outcome looked through for what opens the destination. */
    async function trying(work: (under: DestinationUnderTest, keep: (outcome: Outcome) => Outcome) => Promise<void>) {
      await using under = await make();
      const said: string[] = [under.words];
      await work(under, (outcome) => {
        said.push(saidIn(outcome));
        return outcome;
      });
      for (const secret of under.secrets) {
        assert.ok(!said.join('\n').includes(secret), `a secret shows in ${said.find((each) => each.includes(secret))}`);
      }
    }

    const ending = (kind: Ending, says: string, work: Parameters<typeof trying>[0]) => {
      void test(says, async (t) => {
        await trying(async (under, keep) => {
          const { [kind]: begin } = under.endings;
          if (begin === undefined)
            return t.skip(under.lacks[kind] ?? assert.fail(`${name} does not say why it lacks ${kind}`));
          begin();
          await work(under, keep);
        });
      });
    };

    test('a message arrives, says what happened, and breaks no rule', () =>
      trying(async (under, keep) => {
        const { destination } = under;
        const outcome = keep(await destination.send(single(), given()));
        assert.equal(outcome.kind, 'sent', saidIn(outcome));
        assert.equal(under.shown().length, 1);
        assert.match(under.shown()[0] ?? '', /Uploads fail on Safari/);
        assert.deepEqual([under.violations(), under.harm()], [[], []]);
      }));

    test('what it says of a message for the record is one line without secrets', () =>
      trying(async ({ destination, secrets }) => {
        for (const message of [single(), digest([aStar('a'), anActivity()])]) {
          if (message.kind === 'digest' && destination.digestOver === null) continue;
          const line = destination.describe(message);
          assert.match(line, /^[^\n]{1,400}$/);
          assert.ok(secrets.every((secret) => !line.includes(secret)));
        }
      }));

    test('much at once is one message that counts', async (t) => {
      await trying(async (under, keep) => {
        const { destination } = under;
        if (destination.digestOver === null) return t.skip('it takes no digests');
        const stars = Array.from({ length: destination.digestMax }, (_, n) => aStar(`u${n}`));
        const mixed = Array.from({ length: 40 }, (_, n) => anActivity({ kind: `issues.${n}`, headline: `Issue ${n}` }));
        for (const activities of [stars, [...mixed, aMergedPullRequest(), aStar('a')]]) {
          const outcome = keep(await destination.send(digest(activities), given()));
          assert.equal(outcome.kind, 'sent', saidIn(outcome));
        }
        assert.equal(under.shown().length, 2);
        assert.match(under.shown()[0] ?? '', /1,000 stars/);
        assert.match(under.shown()[1] ?? '', /42 events/);
        assert.deepEqual([under.violations(), under.harm()], [[], []]);
      });
    });

    test('a thousand things with nothing in common are one message within its limits, which says how many it leaves out', async (t) => {
      await trying(async (under, keep) => {
        const { destination } = under;
        if (destination.digestOver === null) return t.skip('it takes no digests');
        const outcome = keep(await destination.send(digest(unlike(destination.digestMax)), given()));
        assert.equal(outcome.kind, 'sent', saidIn(outcome));
        const [text = '', ...others] = under.shown();
        assert.match(text, /1,000 events/);
        assert.match(text, /and [\d,]+ more/);
        assert.deepEqual([others, under.violations(), under.harm()], [[], [], []]);
      });
    });

    test('what may have arrived before says so, alone and in a digest; else nothing does', async (t) => {
      await trying(async (under, keep) => {
        if (under.lacks.repeat) return t.skip(under.lacks.repeat);
        const plain = [single(), digest([anActivity(), aMergedPullRequest(), aStar('a')])];
        const again = plain.map((message) => ({ ...message, maybeRepeated: true }));
        for (const message of [...plain, ...again]) keep(await under.destination.send(message, given()));
        const says = under.shown().map((text) => text.match(/Possible repeat/g)?.length ?? 0);
        assert.deepEqual([says.slice(0, 2), says.slice(2).every((times) => times > 0)], [[0, 0], true]);
        assert.match(under.destination.describe({ ...single(), maybeRepeated: true }), /^Possible repeat: /);
        assert.deepEqual([under.violations(), under.harm()], [[], []]);
      });
    });

    test('each try of a message has the same key and says the same; what is replayed has another', async (t) => {
      await trying(async (under, keep) => {
        const { destination, tries, lacks } = under;
        if (tries === undefined) return t.skip(lacks.key ?? assert.fail(`${name} does not say why it lacks a key`));
        const told = [single(), single(anActivity(), { id: 2, isReplay: true }), digest([anActivity(), aStar('a')])];
        for (const message of told.slice(0, destination.digestOver === null ? 2 : 3)) {
          const before = tries().length;
          for (const maybeRepeated of [false, false, true]) {
            const outcome = keep(await destination.send({ ...message, maybeRepeated }, given()));
            assert.equal(outcome.kind, 'sent', saidIn(outcome));
          }
          const [first, second, marked, ...more] = tries().slice(before);
          assert.ok(first && second && marked && more.length === 0 && first.key.length > 0);
          assert.deepEqual([second, marked.key], [first, first.key]);
          if (lacks.sameBytes === undefined) assert.deepEqual(marked, first);
          else assert.notDeepEqual(marked, first, 'it says the same: then it lacks nothing');
        }
        assert.equal(new Set(tries().map(({ key }) => key)).size, tries().length / 3);
        assert.deepEqual(under.violations(), []);
      });
    });

    ending('busy', 'asked to slow down, it waits as long as it was told', async (under, keep) => {
      const outcome = keep(await under.destination.send(single(), given()));
      assert.equal(outcome.kind, 'retry');
      assert.equal(outcome.kind === 'retry' && outcome.retryAfterMs, 3_000);
      assert.deepEqual([under.shown(), under.violations()], [[], []]);
    });

    ending('failing', 'a failure of the other side is tried again, and then told', async (under, keep) => {
      assert.equal(keep(await under.destination.send(single(), given())).kind, 'retry');
      assert.deepEqual(under.shown(), []);
      assert.equal(keep(await under.destination.send(single(), given())).kind, 'sent');
    });

    ending('lost', 'an answer that is lost leaves it unknown', async (under, keep) => {
      assert.equal(keep(await under.destination.send(single(), given())).kind, 'unknown');
    });

    ending('stuck', 'given up in mid-send, it says soon that nobody knows', async (under, keep) => {
      const stop = new AbortController();
      const sending = under.destination.send(single(), given(null, stop.signal));
      await under.reached(1);
      stop.abort();
      const outcome = keep(await sending);
      assert(outcome.kind === 'unknown', saidIn(outcome));
      // Else it was given up by a limit of its own, long after.
      assert.doesNotMatch(outcome.reason, /(?:within|after) [\d.]+ s/);
    });

    ending('final', 'what will never go through is rejected, with what to do', async (under, keep) => {
      const outcome = keep(await under.destination.send(single(), given()));
      assert.equal(outcome.kind, 'rejected', saidIn(outcome));
      assert.match(outcome.kind === 'rejected' ? outcome.reason : '', /\w+.*[;:,] ?\w+/);
      assert.deepEqual(under.shown(), []);
    });

    ending('broken', 'where nothing can arrive any more it says so, with what to do', async (under, keep) => {
      const outcome = keep(await under.destination.send(single(), given()));
      assert.equal(outcome.kind, 'broken', saidIn(outcome));
      assert.match(outcome.kind === 'broken' ? outcome.reason : '', /\w+.*[;:,] ?\w+/);
      assert.deepEqual([under.shown(), under.violations()], [[], []]);
    });

    test('given up before anything has left, it is tried again', () =>
      trying(async (under, keep) => {
        const outcome = keep(await under.destination.send(single(), given(null, AbortSignal.abort())));
        assert.equal(outcome.kind, 'retry');
      }));

    test('nothing leaves without the last look at the lease', async (t) => {
      await trying(async (under, keep) => {
        if (under.lacks.departure) return t.skip(under.lacks.departure);
        const departure = { mayLeave: async () => false, hasLeft: () => assert.fail('it left') };
        const outcome = keep(await under.destination.send(single(), { ...given(), departure }));
        assert.deepEqual([outcome.kind, under.shown()], ['retry', []]);
      });
    });

    test('nobody there is a reason to try again', async (t) => {
      await trying(async (under, keep) => {
        if (under.lacks.outage) return t.skip(under.lacks.outage);
        await under.close();
        assert.equal(keep(await under.destination.send(single(), given())).kind, 'retry');
      });
    });

    test('texts of others do no harm, each of them everywhere, alone and in a digest', () =>
      trying(async (under, keep) => {
        let sent = 0;
        for (const text of HOSTILE) {
          const activity = hostileActivity(text);
          const messages = [
            single(activity, { mentions: hostileMentions(text) }),
            single(hostileActivity(text, 2, text)),
            digest([activity, hostileActivity(text, 2, text), aStar('a')]),
          ];
          for (const message of messages.slice(0, under.destination.digestOver === null ? 2 : 3)) {
            under.destination.describe(message);
            const outcome = keep(await under.destination.send(anew(message), given()));
            sent++;
            assert.equal(outcome.kind, 'sent', `${JSON.stringify(text)}: ${saidIn(outcome)}`);
            assert.deepEqual([under.violations(), under.harm()], [[], []], JSON.stringify(text));
          }
        }
        assert.equal(under.shown().length, sent);
      }));

    test('texts without end stay within its limits', () =>
      trying(async (under, keep) => {
        let sent = 0;
        for (const text of LONG) {
          const all = longMessages(text);
          for (const each of all.filter(({ kind }) => kind === 'single' || under.destination.digestOver !== null)) {
            const message = { ...anew(each), maybeRepeated: true };
            sent++;
            const outcome = keep(await under.destination.send(message, given()));
            assert.equal(outcome.kind, 'sent', `${text.slice(0, 20)}…: ${saidIn(outcome)}`);
          }
        }
        assert.deepEqual([under.violations(), under.harm(), under.shown().length], [[], [], sent]);
      }));

    test('what is replayed on purpose is told anew', () =>
      trying(async (under, keep) => {
        const first = keep(await under.destination.send(single(), given()));
        const earlier = (first.kind === 'sent' && first.receipt) || null;
        keep(await under.destination.send(single(anActivity(), { id: 2, isReplay: true }), given(earlier)));
        assert.equal(under.shown().length, 2);
      }));

    test('its receipt is small and leads on; one that it cannot read is none', () =>
      trying(async (under, keep) => {
        const about = anActivity({ thread: 'acme/api#12' });
        const { thread } = about.keys;
        const first = keep(await under.destination.send(single(about), { ...given(), thread }));
        assert(first.kind === 'sent');
        const { receipt } = first;
        if (receipt !== undefined) assert.ok(JSON.stringify(receipt).length <= LONGEST_RECEIPT);
        const odd: readonly Receipt[] = [
          {},
          ...[-1, 7, '', '?', 'x/../y', '1\n2', 'x'.repeat(LONGEST_RECEIPT)].map((value) =>
            Object.fromEntries(Object.keys(receipt ?? { id: '' }).map((key) => [key, value])),
          ),
        ];
        for (const earlier of [receipt ?? null, ...odd]) {
          const outcome = keep(await under.destination.send(anew(single(about)), { ...given(earlier), thread }));
          assert.equal(outcome.kind, 'sent', saidIn(outcome));
        }
        assert.deepEqual([under.violations(), under.harm()], [[], []]);
      }));

    test('its cards stand once, are edited in place, and do no harm', () => trying(showsCards));

    test('closing it twice is closing it once', () =>
      trying(async ({ destination }, keep) => {
        keep(await destination.send(single(), given()));
        await Promise.all([destination[Symbol.asyncDispose](), destination[Symbol.asyncDispose]()]);
        await destination[Symbol.asyncDispose]();
      }));
  });
}
