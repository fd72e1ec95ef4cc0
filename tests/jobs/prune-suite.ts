import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { OwnedLane } from '../../src/jobs/owned-lane.ts';
import { Looker } from '../../src/jobs/prune/looker.ts';
import { DEFAULT_TIMING } from '../../src/jobs/timing.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { NotificationState } from '../../src/model/notification.ts';
import { parseState } from '../../src/model/pruning/state.ts';
import type { KeepAside, Retention } from '../../src/model/retention.ts';
import { UNCOUNTED } from '../../src/model/telemetry.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { newEvent, routed } from '../fixtures/stored.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const FOREVER: Retention = {
  bodies: null,
  exceptions: [],
  events: null,
  attempts: null,
  maxBytes: null,
  archiveTo: null,
};

/** Longer than any test moves the clock. */
const TTL_MS = 50 * 365 * DAY_MS;

/** Two hands that the test moves, together or the one that people set. Timers are the machine's. */
export class Hands implements Clock {
  #wallMs = Date.UTC(2030, 0, 1);
  #monotonicMs = 1_000;

  now(): number {
    return this.#wallMs;
  }

  monotonic(): number {
    return this.#monotonicMs + systemClock.monotonic();
  }

  after(ms: number, fire: () => void): () => void {
    return systemClock.after(ms, fire);
  }

  /** Time goes by. */
  pass(ms: number): void {
    this.#wallMs += ms;
    this.#monotonicMs += ms;
  }

  /** Somebody sets the clock. */
  set(byMs: number): void {
    this.#wallMs += byMs;
  }
}

export interface Stored {
  readonly repo?: string;
  readonly source?: string;
  /** What became of its one notification. Left out: nobody was told. */
  readonly told?: NotificationState;
  /** Of noise, which no compression makes smaller. */
  readonly bytes?: number;
  /** How long before the next each was received; the last one now. */
  readonly apartMs?: number;
}

/** An inbox, and what a worker that owns its lane `prune` does with it. */
export class Place {
  readonly inbox: Inbox;
  readonly clock: Hands;
  readonly lines: { readonly level: number; readonly msg: string }[] = [];
  #looker: Looker | null = null;

  constructor(inbox: Inbox, clock: Hands) {
    this.inbox = inbox;
    this.clock = clock;
  }

  /** Another process begins to prune by these terms; the one before has gone. */
  async begin(retention: Partial<Retention>, keepAside: KeepAside | null = null): Promise<Looker> {
    await this.inbox.release('pruner');
    const [lease] = await this.inbox.acquire('pruner', ['prune'], TTL_MS);
    assert(lease);
    const never = new AbortController().signal;
    const context = {
      inbox: this.inbox,
      clock: this.clock,
      telemetry: UNCOUNTED,
      random: () => 0.5,
      timing: DEFAULT_TIMING,
      log: createLog('info', { write: (line) => void this.lines.push(JSON.parse(line)) }),
      shutdown: { stopping: never, aborting: never, quitting: never },
    };
    const owned = new OwnedLane(lease, this.clock, never);
    this.#looker = new Looker({ context, retention: { ...FOREVER, ...retention }, keepAside }, owned, 1);
    return this.#looker;
  }

  /** As often as once an hour, while this much time goes by. */
  async run(ms: number, everyMs = HOUR_MS): Promise<void> {
    for (let at = 0; at < ms; at += everyMs) {
      this.clock.pass(Math.min(everyMs, ms - at));
      await this.look();
    }
  }

  async look(): Promise<void> {
    assert(this.#looker);
    await this.#looker.look();
  }

  /** One commit. Returns the ids. */
  async store(
    count: number,
    { repo = 'acme/api', source = 'github', told, bytes = 20, apartMs = 0 }: Stored = {},
  ): Promise<number[]> {
    const now = this.clock.now();
    const texts = Array.from({ length: count }, () => randomBytes(bytes).toString('base64'));
    const appended = await Promise.all(
      texts.map((text, n) =>
        this.inbox.append(newEvent({ source, receivedAt: now - (count - 1 - n) * apartMs, text })),
      ),
    );
    const ids = appended.map(({ id }) => id);
    const [expander, team] = await this.inbox.acquire('told', ['expand', 'team'], TTL_MS);
    assert(expander && team);
    const expansions = ids.map((id) => ({ ...routed(id, told === undefined ? [] : ['team']), repo }));
    await this.inbox.expand(expander, expansions);
    if (told === undefined || told === 'queued') return ids;
    const { notifications } = await this.inbox.waiting('team', 1_000);
    const attempts = await this.inbox.begin(
      team,
      notifications.map(({ id }) => ({ request: '{}', notifications: [id] })),
    );
    assert(typeof attempts !== 'string');
    const ends = attempts.map((attemptId) => ({
      attemptId,
      outcome: told === 'sent' ? ('sent' as const) : ('rejected' as const),
      detail: 'ok',
      state: told as 'sent' | 'dead',
      exhausted: [],
      reason: null,
    }));
    await this.inbox.end(team, ends, { notBefore: 0, failures: 0 });
    return ids;
  }

  async bodies(): Promise<readonly number[]> {
    const segments = await this.inbox.keptSegments(0, 10_000);
    return segments.flatMap(({ events }) => events.map(({ id }) => id));
  }

  async events(): Promise<readonly number[]> {
    return (await this.inbox.keptEvents(0, 10_000)).map(({ id }) => id);
  }

  async state() {
    return parseState(await this.inbox.recall('prune'));
  }

  said(words: RegExp): number {
    return this.lines.filter(({ msg }) => words.test(msg)).length;
  }
}

/** Opens an inbox that is closed and removed after the test. */
export type OpenPlace = (t: TestContext) => Promise<Place>;
