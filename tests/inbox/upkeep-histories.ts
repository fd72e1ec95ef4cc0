import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { NewEvent } from '../../src/model/event.ts';
import type { Expansion } from '../../src/model/inbox/backlog.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { EventRecord } from '../../src/model/inbox/records.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

/** What is remembered here of an event, whatever the store forgets. */
interface Known {
  readonly event: NewEvent;
  expansion: Expansion | null;
}

interface Result {
  readonly id: number;
  readonly run: string;
  readonly passed: boolean;
}

/** One thing that happens. `pick` chooses among the events that there are. */
type Step = readonly ['receive' | 'decide' | 'tell' | 'replay' | 'erase' | 'delete' | 'sweep', pick: number];

const STEP: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('receive', 'decide', 'receive', 'decide', 'tell', 'replay', 'erase', 'delete', 'sweep'),
  fc.nat(0xffff),
);

/** Whatever happens in whatever order, what was promised of events holds, also of those whose bodies are gone. */
export function upkeepHistories(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, upkeep after random histories: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    test('nothing needed goes, what is gone is explained and recognised, and results answer as if all were there', async () => {
      const { inbox } = await freshInbox();
      const history = new History(inbox, {
        expand: await lease(inbox, 'expand'),
        slack: await lease(inbox, 'slack'),
        prune: await lease(inbox, 'prune'),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(STEP, { minLength: 20, maxLength: 25 }), async (steps) => {
          for (const step of steps) await history.step(step);
          await history.check();
        }),
        // One store for all of them, which no shorter history would find as it was.
        { numRuns: 2, endOnFailure: true },
      );
      // Chance may have let nothing go yet: what is decided can go once nobody waits for it.
      for (let pick = 0; pick < 100 && (history.deleted === 0 || history.erased === 0); pick++) {
        for (const what of ['receive', 'decide', 'tell', 'erase', 'delete'] as const) await history.step([what, pick]);
      }
      await history.check();
      assert.ok(history.deleted > 0 && history.erased > 0, 'something went');
    });
  });
}

class History {
  readonly #inbox: Inbox;
  readonly #leases: Readonly<Record<'expand' | 'slack' | 'prune', Lease>>;
  readonly #known = new Map<number, Known>();
  readonly #results = new Map<string, Result[]>();
  #newest = 0;
  #now = 0;
  /** ms since 1970: who asks for an event received before it is answered as well as it goes. */
  #sweptBefore = 0;
  deleted = 0;
  erased = 0;

  constructor(inbox: Inbox, leases: Readonly<Record<'expand' | 'slack' | 'prune', Lease>>) {
    this.#inbox = inbox;
    this.#leases = leases;
  }

  async step([what, pick]: Step): Promise<void> {
    switch (what) {
      case 'receive':
        return this.#receive(1 + (pick % 5));
      case 'decide':
        return this.#decide(pick);
      case 'tell':
        return this.#tell(pick);
      case 'replay':
        return this.#replay(pick);
      case 'erase':
        return this.#erase(pick);
      case 'delete':
        return this.#delete(pick);
      case 'sweep':
        return this.#sweep(pick);
    }
  }

  async #receive(count: number): Promise<void> {
    const events = Array.from({ length: count }, () => this.#next({ text: `{"text":"${randomUUID()}"}` }));
    const appended = await Promise.all(events.map((event) => this.#inbox.append(event)));
    for (const [n, { status, id }] of appended.entries()) {
      assert.equal(status, 'accepted');
      const event = events[n];
      assert(event && !this.#known.has(id));
      this.#known.set(id, { event, expansion: null });
      this.#newest = Math.max(this.#newest, id);
    }
  }

  /** Some are told, some are not, some are held back, and some say how a run ended. */
  async #decide(pick: number): Promise<void> {
    const pending = await this.#inbox.pending(6);
    const expansions = pending.map(({ id, body, replays, released }, n) => {
      const drawn = (pick >> n) % 4;
      // What somebody called genuine is not held back again.
      const kind = drawn === 2 && released === true ? 1 : drawn;
      const run = `${(pick >> n) % 3 === 0 ? id - (id % 2) : id}`;
      const result = kind === 3 ? null : { key: `key ${id % 2}`, run, passed: (pick >> (n + 1)) % 2 === 0 };
      const expansion = routed(id, kind === 0 ? [] : ['slack'], {
        text: body.toString(),
        dedupKey: `told ${id} ${replays}`,
        result,
      });
      return kind === 2 ? { ...expansion, state: 'quarantined' as const, notifications: [], result: null } : expansion;
    });
    assert.equal(await this.#inbox.expand(this.#leases.expand, expansions), 'done');
    for (const expansion of expansions) {
      const { eventId, result } = expansion;
      const known = this.#known.get(eventId);
      assert(known);
      known.expansion = expansion;
      if (result === null) continue;
      const others = (this.#results.get(result.key) ?? []).filter(({ id }) => id !== eventId);
      this.#results.set(
        result.key,
        [...others, { id: eventId, ...result }].toSorted((a, b) => a.id - b.id),
      );
    }
  }

  async #tell(pick: number): Promise<void> {
    const { slack } = this.#leases;
    const { notifications } = await this.#inbox.waiting('slack', 1 + (pick % 3));
    if (notifications.length === 0) return;
    const started = await this.#inbox.begin(slack, [
      { request: 'said', notifications: notifications.map(({ id }) => id) },
    ]);
    assert(typeof started !== 'string');
    const [attemptId = 0] = started;
    const isDead = pick % 4 === 0;
    const end = { attemptId, outcome: isDead ? 'rejected' : 'sent', state: isDead ? 'dead' : 'sent' } as const;
    await this.#inbox.end(slack, [{ ...end, detail: '', reason: null, exhausted: [] }], slack);
  }

  async #replay(pick: number): Promise<void> {
    const id = this.#one(pick);
    const event = await this.#inbox.show(id);
    const isGone = event !== null && event.body === null;
    const replayed = await this.#inbox.replay({ ids: [id] }, { dryRun: false });
    assert.deepEqual(replayed, event === null || isGone || event.state === 'pending' ? [] : [id]);
    assert.deepEqual(await this.#inbox.bodiless({ ids: [id] }), isGone ? [id] : []);
  }

  async #erase(pick: number): Promise<void> {
    const ids = this.#some(pick);
    const before = await this.#shown();
    let count = 0;
    for (const { id, events } of await this.#inbox.keptSegments(0, 10_000)) {
      for (const { id, isNeeded } of events) assert.equal(isNeeded, isNeededOf(before.get(id)), `event ${id}`);
      const erased = await this.#inbox.eraseBodies(this.#leases.prune, id, ids);
      assert(erased !== 'fenced');
      count += erased;
    }
    const after = await this.#shown();
    const expected = ids.filter((id) => before.get(id)?.body && !isNeededOf(before.get(id)));
    const gone = [...after].flatMap(([id, { body }]) => (body === null && before.get(id)?.body ? id : []));
    assert.deepEqual(gone, expected);
    assert.equal(count, expected.length);
    this.erased += count;
  }

  async #delete(pick: number): Promise<void> {
    const ids = this.#some(pick).filter((id) => id % 4 !== 0);
    const before = await this.#shown();
    const deleted = await this.#inbox.deleteEvents(this.#leases.prune, ids);
    const after = await this.#shown();
    const expected = ids.filter((id) => before.has(id) && id !== this.#newest && !isNeededOf(before.get(id)));
    assert.deepEqual(
      [...before.keys()].filter((id) => !after.has(id)),
      expected,
    );
    assert.equal(deleted, expected.length);
    for (const id of expected) this.#known.delete(id);
    this.deleted += expected.length;
  }

  async #sweep(pick: number): Promise<void> {
    const { prune } = this.#leases;
    const before = Math.floor((this.#now * (pick % 5)) / 4);
    this.#sweptBefore = Math.max(this.#sweptBefore, before);
    const later = Date.now() + 1_000_000;
    for (let count: unknown = 1; count !== 0; ) count = await this.#inbox.deleteAttempts(prune, later, 7);
    for (let count: unknown = 1; count !== 0; ) count = await this.#inbox.deleteLeftovers(prune, before, 7);
    await this.#inbox.shrink(prune, 100_000);
  }

  /** All that was promised. */
  async check(): Promise<void> {
    const shown = await this.#shown();
    assert.deepEqual(
      [...shown.keys()],
      [...this.#known.keys()].toSorted((a, b) => a - b),
    );
    for (const [id, { body, headers, bodySize, state, trace }] of shown) {
      const { event, expansion } = this.#known.get(id) ?? assert.fail();
      if (body !== null) assert(body.equals(event.body));
      assert.deepEqual(headers, body && event.headers);
      assert.equal(bodySize, event.body.length);
      if (state !== 'pending') assert.deepEqual(trace, expansion?.trace);
    }
    const again = await Promise.all(
      [...shown.keys()].map((id) => this.#inbox.append(this.#known.get(id)?.event ?? assert.fail())),
    );
    assert.deepEqual(
      again,
      [...shown.keys()].map((id) => ({ status: 'duplicate', id })),
    );
    const readable = [...shown.values()].filter(({ body, state }) => body !== null && state !== 'quarantined');
    const gone = [...shown.values()].filter(({ body }) => body === null);
    assert.deepEqual(
      await this.#read(),
      readable.map(({ id }) => id),
    );
    assert.equal(await this.#inbox.gone(0, this.#newest), gone.length);
    await this.#checkResults([...shown.keys()]);
    await this.#checkKeys();
  }

  /** The store's answers are those of a memory that forgets nothing, for every event that is young and one that is to come. */
  async #checkResults(ids: readonly number[]): Promise<void> {
    const young = ids.filter((id) => (this.#known.get(id)?.event.receivedAt ?? 0) >= this.#sweptBefore);
    for (const [key, results] of this.#results) {
      const runs = ['another', ...results.slice(-3).map(({ run }) => run)];
      const questions = [...young, this.#newest + 1].flatMap((eventId) =>
        runs.map((run) => ({ key, run, eventId, passed: true })),
      );
      const answers = await this.#inbox.resultsBefore(questions);
      const expected = questions.map(({ run, eventId }) => {
        return results.findLast((each) => each.id < eventId && each.run !== run)?.passed ?? null;
      });
      assert.deepEqual(
        answers.map((answer) => answer && answer.passed),
        expected,
      );
      for (const [n, answer] of answers.entries()) {
        if (answer === null || answer.failingSince === null) continue;
        const { run, eventId } = questions[n] ?? assert.fail();
        const others = results.filter((each) => each.id < eventId && each.run !== run);
        const first = others[1 + others.findLastIndex(({ passed }) => passed)];
        assert(
          first && ids.includes(first.id),
          'since when it fails is known of an event that is there, or nobody says',
        );
      }
    }
  }

  /** What was told under a key is not told again, as long as its event is there. */
  async #checkKeys(): Promise<void> {
    const told = [...this.#known.values()].flatMap(({ expansion }) => expansion?.notifications ?? []).slice(-5);
    const appended = await Promise.all(told.map(() => this.#inbox.append(this.#next())));
    const expansions = appended.map(({ id }, n) => routed(id, ['slack'], { dedupKey: told[n]?.dedupKey ?? '' }));
    await this.#inbox.expand(this.#leases.expand, expansions);
    for (const [n, { id }] of appended.entries()) {
      const shown = await this.#inbox.show(id);
      assert.equal(shown?.state, 'skipped');
      this.#known.set(id, {
        event: { ...newEvent(), ...shown, headers: shown.headers ?? {}, body: shown.body ?? assert.fail() },
        expansion: { ...(expansions[n] ?? assert.fail()), notifications: [] },
      });
      this.#newest = Math.max(this.#newest, id);
    }
  }

  /** Two hours later than the one before. */
  #next(fields: { readonly text?: string } = {}): NewEvent {
    this.#now += 7_200_000;
    return newEvent({ ...fields, receivedAt: this.#now });
  }

  async #read(): Promise<readonly number[]> {
    const ids: number[] = [];
    for (;;) {
      const page = await this.#inbox.read(ids.at(-1) ?? 0, 7);
      if (page.length === 0) return ids;
      ids.push(...page.map(({ id }) => id));
    }
  }

  async #shown(): Promise<ReadonlyMap<number, EventRecord>> {
    const ids = [...this.#known.keys()].toSorted((a, b) => a - b);
    const events = await Promise.all(ids.map((id) => this.#inbox.show(id)));
    return new Map(events.flatMap((event) => (event === null ? [] : [[event.id, event] as const])));
  }

  #one(pick: number): number {
    const ids = [...this.#known.keys()];
    return ids[pick % Math.max(1, ids.length)] ?? 0;
  }

  #some(pick: number): readonly number[] {
    return [...this.#known.keys()].filter((id) => (pick >> (id % 12)) % 2 === 1).toSorted((a, b) => a - b);
  }
}

function isNeededOf(event: EventRecord | undefined): boolean {
  if (event === undefined) return false;
  if (event.state === 'pending' || event.state === 'quarantined') return true;
  return event.notifications.some(({ state }) => state === 'queued' || state === 'dead' || state === 'unknown');
}
