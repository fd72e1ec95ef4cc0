import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openSqliteInbox, type Surroundings } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { startWorker, type Worker, type WorkerDeps } from '../../src/jobs/worker.ts';
import type { Destination, Message, Outcome, Receipt } from '../../src/model/destination.ts';
import type { EventId } from '../../src/model/event.ts';
import type { NotificationRecord } from '../../src/model/inbox/records.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { Route } from '../../src/model/rule.ts';
import type { Source } from '../../src/model/source.ts';
import { type SettledResult, type Telemetry, UNCOUNTED } from '../../src/model/telemetry.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { activity } from '../fixtures/stored.ts';
import { withoutThreads } from '../support/without-threads.ts';

export const SENT: Outcome = { kind: 'sent', answer: 'ok' };

export interface Send {
  readonly message: Message;
  /** The titles it carried: what `feed` called the events. */
  readonly titles: readonly string[];
  readonly startedAt: number;
  endedAt: number | null;
  readonly earlier: Receipt | null;
}

/** A destination in this process: it answers what the test says and keeps what it was asked to send. */
export interface Double extends Destination {
  readonly sends: Send[];
  /** What had ended of its sends each time it was closed. */
  readonly closings: number[];
}

export type Answer = (message: Message, signal: AbortSignal, attempt: number) => Outcome | Promise<Outcome>;

/** A database in a folder of its own, workers on it, and word of everything they do. All is closed after the test. */
export class Workshop {
  readonly lines: Readonly<Record<string, unknown>>[] = [];
  readonly uncertain: number[] = [];
  /** What became of cards, as it was counted. */
  readonly showedCards: string[] = [];
  /** How each look for what may have arrived ended, once a notification. */
  readonly settledAs: SettledResult[] = [];
  readonly path: string;
  readonly clock: Clock;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #cleanups: (() => Promise<unknown>)[] = [];

  private constructor(folder: string, clock: Clock) {
    this.path = join(folder, 'tidings.db');
    this.clock = clock;
  }

  static async open(test: TestContext, clock: Clock = systemClock): Promise<Workshop> {
    const folder = await mkdtemp(join(tmpdir(), 'tidings-jobs-'));
    const shop = new Workshop(folder, clock);
    test.after(async () => {
      for (const cleanup of shop.#cleanups.toReversed()) await cleanup();
      await rm(folder, { recursive: true });
    });
    return shop;
  }

  async inbox(clock: Clock = this.clock, surroundings: Surroundings = withoutThreads): Promise<Inbox> {
    const inbox = await openSqliteInbox({ path: this.path, clock, busyTimeoutMs: 100 }, surroundings);
    this.#cleanups.push(async () => inbox[Symbol.asyncDispose]());
    return inbox;
  }

  worker(inbox: Inbox, destinations: readonly Destination[], options: Partial<WorkerDeps> = {}): Worker {
    const worker = startWorker({
      inbox,
      destinations,
      sources: new Map([['github', SOURCE]]),
      route: ROUTE,
      telemetry: this.#telemetry(),
      clock: this.clock,
      random: () => 0.5,
      owner: randomUUID(),
      log: createLog('debug', { write: (line) => this.#changed(() => this.lines.push(JSON.parse(line))) }),
      ...options,
    });
    this.#cleanups.push(() => worker.stop({ abortAfterMs: 0 }));
    return worker;
  }

  destination(name: string, answer: Answer = () => SENT, fields: Partial<Destination> = {}): Double {
    const sends: Send[] = [];
    const closings: number[] = [];
    return {
      name,
      type: 'double',
      intervalMs: 0,
      concurrency: 1,
      digestOver: null,
      digestMax: 100,
      onUnknown: 'resend',
      retry: { baseMs: 10, capMs: 20, maxTries: 5 },
      describe: (message) => message.kind,
      [Symbol.asyncDispose]: async () => void closings.push(sends.filter(({ endedAt }) => endedAt !== null).length),
      ...fields,
      sends,
      closings,
      send: async (message, { signal, earlier }) => {
        const carried = message.kind === 'single' ? [message.notification] : message.notifications;
        const titles = carried.map((notification) => notification.activity.said.headline);
        const send: Send = { message, titles, startedAt: this.clock.now(), endedAt: null, earlier };
        this.#changed(() => sends.push(send));
        const outcome = await answer(message, signal, sends.length);
        this.#changed(() => (send.endedAt = this.clock.now()));
        return outcome;
      },
    };
  }

  /** One event for each title, addressed to the lanes named. */
  async feed(inbox: Inbox, titles: readonly string[], to: readonly string[]): Promise<readonly EventId[]> {
    const ids: EventId[] = [];
    for (const title of titles) {
      const body = Buffer.from(JSON.stringify({ title, to, nonce: randomUUID() }));
      const guid = randomUUID();
      const headers = { 'x-github-event': 'issues' };
      const receivedAt = this.clock.now();
      const event = {
        source: 'github',
        deliveryId: guid,
        guid,
        type: 'issues',
        headers,
        secretNo: 1,
        origin: 'webhook' as const,
      };
      ids.push((await inbox.append({ ...event, body, receivedAt })).id);
    }
    return ids;
  }

  /** Resolves when `holds` is true; looked at after each send, log line and metric. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => this.#changes.once('change', resolve));
  }

  /** Resolves when a lane has said, after settling, how this many attempts ended. */
  settled(count: number, destination?: string): Promise<void> {
    return this.until(() => this.attempts(destination).length >= count);
  }

  attempts(destination?: string): Readonly<Record<string, unknown>>[] {
    const isAttempt = (line: Readonly<Record<string, unknown>>) => line['outcome'] !== undefined;
    return this.lines.filter((line) => isAttempt(line) && (line['destination'] === destination || !destination));
  }

  said(message: RegExp): boolean {
    return this.lines.some((line) => message.test(String(line['msg'])));
  }

  #changed(change: () => unknown): void {
    change();
    this.#changes.emit('change');
  }

  #telemetry(): Telemetry {
    return {
      ...UNCOUNTED,
      uncertain: (_destination, count) => this.#changed(() => this.uncertain.push(count)),
      showedCard: (_destination, result) => void this.showedCards.push(result),
      settled: (_destination, result, count) =>
        this.#changed(() => this.settledAs.push(...Array.from({ length: count }, () => result))),
    };
  }
}

/** What became of the notifications of these events, in order. */
export async function notificationsOf(inbox: Inbox, ids: readonly EventId[]): Promise<readonly NotificationRecord[]> {
  const records = await Promise.all(ids.map((id) => inbox.show(id)));
  return records.flatMap((record) => record?.notifications ?? []);
}

const SOURCE = {
  normalise: (event) => {
    const { title, to } = JSON.parse(event.body.toString());
    if (title === 'poison') throw new Error('issue.title is missing');
    return { kind: 'activity', activity: activity({ headline: title, labels: to, thread: 'acme/api#12' }) };
  },
} as Partial<Source> as Source;

const ROUTE: Route = ({
  activity: {
    kind,
    facets: { labels },
  },
}) => ({
  tell: labels.map((destination) => ({ destination, rule: 'test', mentions: [], notBefore: null })),
  trace: { kind, rules: [] },
  reason: labels.length === 0 ? 'nobody asked' : null,
  settleMs: 0,
  wantsPaths: false,
});
