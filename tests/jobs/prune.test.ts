import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { parseState, stateText } from '../../src/jobs/prune/state.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { Retention } from '../../src/model/retention.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { Workshop } from './workshop.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const FOREVER: Retention = {
  bodies: null,
  exceptions: [],
  events: null,
  attempts: null,
  maxBytes: null,
  archiveTo: null,
};

/** The machine's clock, ahead by as much as the test says, by both hands or by one. */
interface Hands extends Clock {
  wallMs: number;
  monotonicMs: number;
}

function hands(): Hands {
  const clock: Hands = {
    ...systemClock,
    wallMs: 0,
    monotonicMs: 0,
    now: () => systemClock.now() + clock.wallMs,
    monotonic: () => systemClock.monotonic() + clock.monotonicMs,
  };
  return clock;
}

/** Time goes by as it does for a worker that runs. */
function pass(clock: Hands, ms: number): void {
  clock.wallMs += ms;
  clock.monotonicMs += ms;
}

const TIMING = { pruneFirstMs: 0, pruneEveryMs: 5, sizeEveryMs: 5, leaseTtlMs: 20 * 365 * DAY_MS, renewMs: 10 };

class Place {
  readonly shop: Workshop;
  readonly inbox: Inbox;
  readonly clock: Hands;
  #looks = 0;

  private constructor(shop: Workshop, inbox: Inbox, clock: Hands) {
    this.shop = shop;
    this.inbox = inbox;
    this.clock = clock;
  }

  static async open(t: TestContext): Promise<Place> {
    const clock = hands();
    const shop = await Workshop.open(t, clock);
    return new Place(shop, await shop.inbox(), clock);
  }

  /** Events that nobody is told of, each in a commit of its own. */
  async feed(count: number): Promise<readonly number[]> {
    const ids = [];
    for (let n = 0; n < count; n++) ids.push(...(await this.shop.feed(this.inbox, [`no ${n}`], [])));
    return ids;
  }

  worker(retention: Partial<Retention>, owner = `w${++this.#looks}`) {
    return this.shop.worker(this.inbox, [], { retention: { ...FOREVER, ...retention }, timing: TIMING, owner });
  }

  /** Resolves when it was looked, from the beginning, after now. */
  async looked(times = 2): Promise<void> {
    for (let n = 0; n < times; n++) {
      const before = (await this.state())?.mark;
      while (JSON.stringify((await this.state())?.mark) === JSON.stringify(before)) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
  }

  async state() {
    return parseState(await this.inbox.recall('prune'));
  }

  async bodies(): Promise<readonly number[]> {
    const segments = await this.inbox.keptSegments(0, 1_000);
    return segments.flatMap(({ events }) => events.map(({ id }) => id));
  }

  async events(): Promise<readonly number[]> {
    return (await this.inbox.keptEvents(0, 1_000)).map(({ id }) => id);
  }
}

test('bodies that outlived their term go, and younger ones stay', async (t) => {
  const place = await Place.open(t);
  const worker = place.worker({ bodies: DAY_MS });
  await place.looked(1);
  const old = await place.feed(3);
  await place.shop.until(() => true);
  pass(place.clock, 23 * HOUR_MS);
  const young = await place.feed(2);
  await place.looked();
  assert.deepEqual(await place.bodies(), [...old, ...young]);
  pass(place.clock, 2 * HOUR_MS);
  await place.looked();
  assert.deepEqual(await place.bodies(), young);
  assert.deepEqual(await place.events(), [...old, ...young]);
  await worker.stop();
  assert.ok(place.shop.said(/^pruned: 3 bodies went/), JSON.stringify(place.shop.lines.map(({ msg }) => msg)));
  assert.equal(stateText((await place.state()) as never).includes('"version":1'), true);
});
