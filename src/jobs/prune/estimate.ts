import type { KeptEvent, KeptSegment, Upkeep } from '../../model/inbox/upkeep.ts';
import type { Estimate, Going } from '../../model/pruning/estimate.ts';
import type { Clock } from '../../shared/clock.ts';
import { agesOf } from './ages.ts';
import { excessOf } from './excess.ts';
import { firstIdPast } from './first-id.ts';
import type { InForce } from './pass.ts';

/** What a row takes with its trace, notifications and indexes. */
const EVENT_BYTES = 900;

const PAGE = 500;
/** What is walked through, one by one; then samples are taken. */
const WALK_MS = 1_000;
const SAMPLES = 100;
const SAMPLE = 20;
const SPARSE = 4;

type Reading = Pick<Upkeep, 'keptSegments' | 'keptEvents' | 'storedSize'>;

/** What a pass would take away now. Reads only: all of it where that is quick, else samples. */
export async function estimate(inbox: Reading, inForce: InForce, now: number, clock: Clock): Promise<Estimate> {
  const bodies = await goingOf(
    clock,
    (after, limit) => inbox.keptSegments(after, limit),
    (page, upTo) => bodiesIn(page, inForce, upTo, now),
  );
  const { events: term, maxBytes, attempts } = inForce;
  const events =
    term === null
      ? NONE
      : await goingOf(
          clock,
          (after, limit) => inbox.keptEvents(after, limit),
          (page, upTo) => eventsIn(page, term, upTo, now),
        );
  const size = maxBytes === null ? null : await inbox.storedSize();
  const excess = size === null || maxBytes === null ? 0 : excessOf(size, maxBytes, bodies.bytes + events.bytes);
  return { bodies, events, early: { bytes: excess }, attemptsBefore: attempts === null ? null : now - attempts };
}

const NONE: Going = { count: 0, bytes: 0, oldest: null, newest: null, isExact: true };

/** Of one page. */
interface Part {
  readonly count: number;
  readonly bytes: number;
  readonly times: readonly number[];
  /** All behind it are too young. */
  readonly isPast: boolean;
  readonly upTo: number;
}

function bodiesIn(page: readonly KeptSegment[], { bodies }: InForce, upTo: number, now: number): Part {
  const [shortest] = bodies.finite;
  const all = page.flatMap((segment) =>
    segment.events.map((event) => ({ event, share: segment.bytes / segment.events.length })),
  );
  const ages = agesOf(
    all.map(({ event }) => event.receivedAt),
    upTo,
    now,
  );
  const due = all.filter(({ event }, index) => {
    const [term, age] = [bodies.of(event), ages[index] ?? null];
    return !event.isNeeded && term !== null && age !== null && age + term <= now;
  });
  return {
    ...summed(due.map(({ event, share }) => [event, share])),
    isPast: shortest === undefined || ages.some((age) => age !== null && age + shortest > now),
    upTo: ages.findLast((age) => age !== null) ?? upTo,
  };
}

function eventsIn(page: readonly KeptEvent[], term: number, upTo: number, now: number): Part {
  const ages = agesOf(
    page.map(({ receivedAt }) => receivedAt),
    upTo,
    now,
  );
  const due = page.filter((event, index) => {
    const age = ages[index] ?? null;
    return !event.isNeeded && age !== null && age + term <= now;
  });
  return {
    ...summed(due.map((event) => [event, EVENT_BYTES])),
    isPast: ages.some((age) => age !== null && age + term > now),
    upTo: ages.findLast((age) => age !== null) ?? upTo,
  };
}

function summed(due: readonly (readonly [event: KeptEvent, bytes: number])[]) {
  return {
    count: due.length,
    bytes: due.reduce((sum, [, bytes]) => sum + bytes, 0),
    times: due.map(([{ receivedAt }]) => receivedAt),
  };
}

type Read<T> = (after: number, limit: number) => Promise<readonly T[]>;

async function goingOf<T extends { readonly id: number }>(
  clock: Clock,
  read: Read<T>,
  partOf: (page: readonly T[], upTo: number) => Part,
): Promise<Going> {
  let until = clock.monotonic() + WALK_MS;
  let going = NONE;
  let after = 0;
  let upTo = 0;
  for (;;) {
    const page = await read(after, PAGE);
    if (page.length === 0) return going;
    const part = partOf(page, upTo);
    going = plus(going, part);
    if (part.isPast) return going;
    after = page.at(-1)?.id ?? after;
    upTo = part.upTo;
    if (clock.monotonic() <= until) continue;
    const end = await firstPast(read, partOf, { after, upTo });
    // What samples would read whole is walked through.
    if (end - after > SAMPLES * SAMPLE * SPARSE) {
      return { ...plus(going, await sampled(read, partOf, { after, upTo, end })), isExact: false };
    }
    until = Number.POSITIVE_INFINITY;
  }
}

interface Rest {
  readonly after: number;
  readonly upTo: number;
  /** The first that is too young. */
  readonly end: number;
}

/** Even samples of ids. */
async function sampled<T extends { readonly id: number }>(
  read: Read<T>,
  partOf: (page: readonly T[], upTo: number) => Part,
  { after, upTo, end }: Rest,
): Promise<Part> {
  const span = (end - after) / SAMPLES;
  const parts: Part[] = [];
  let seen = 0;
  for (let index = 0; index < SAMPLES; index++) {
    const from = Math.floor(after + index * span);
    const page = await read(from, SAMPLE);
    const own = page.filter(({ id }) => id <= from + span && id < end);
    // Where most ids are gone, there is less in a stretch than a sample.
    seen += own.length < page.length || page.length === 0 ? span : (own.at(-1)?.id ?? from) - from;
    if (own.length > 0) parts.push(partOf(own, upTo));
  }
  const scale = seen === 0 ? 0 : (end - after) / seen;
  const sum = (of: (part: Part) => number) => Math.round(parts.reduce((total, part) => total + of(part), 0) * scale);
  return {
    count: sum(({ count }) => count),
    bytes: sum(({ bytes }) => bytes),
    times: parts.flatMap(({ times }) => times),
    isPast: false,
    upTo,
  };
}

/** The first that is too young. */
async function firstPast<T extends { readonly id: number }>(
  read: Read<T>,
  partOf: (page: readonly T[], upTo: number) => Part,
  { after, upTo }: Pick<Rest, 'after' | 'upTo'>,
): Promise<number> {
  const isPast = async (id: number) => {
    const page = await read(id, 1);
    return page.length === 0 || partOf(page, upTo).isPast;
  };
  return 1 + (await firstIdPast(after, isPast));
}

function plus(one: Going, part: Part): Going {
  const times = [one.oldest, one.newest, ...part.times].filter((time) => time !== null);
  const isAny = times.length > 0;
  return {
    count: one.count + part.count,
    bytes: one.bytes + part.bytes,
    oldest: isAny ? times.reduce((a, b) => Math.min(a, b)) : null,
    newest: isAny ? times.reduce((a, b) => Math.max(a, b)) : null,
    isExact: one.isExact,
  };
}
