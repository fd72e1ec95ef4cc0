import type { EventId } from '../../model/event.ts';
import type { KeptEvent, KeptSegment, SegmentId } from '../../model/inbox/upkeep.ts';
import { START, type Walk } from '../../model/pruning/state.ts';
import { agesOf } from './ages.ts';
import { DUTY, StepSize } from './pace.ts';
import type { BodyTerms } from './terms.ts';
import { count, saveNowAndThen, type Tools, unfenced } from './tools.ts';

/** A segment, with when its events came. */
interface Aged {
  readonly segment: KeptSegment;
  readonly ages: readonly (number | null)[];
}

/** So many segments are looked through for one that was not stamped by a clock ahead. */
const MOST_AHEAD = 10_000;

/**
 * Erases the bodies that are kept no longer than `term` and outlived it, from where the walk left off, oldest first. It ends at the first
 * segment with an event younger than that, of which it erases the rest: all behind it are younger still.
 */
export async function walkBodies(tools: Tools, terms: BodyTerms, term: number): Promise<void> {
  const { keeper, now } = tools;
  const key = String(term);
  const size = new StepSize();
  const isDue = (event: KeptEvent, age: number | null) => {
    const own = terms.of(event);
    return own !== null && age !== null && age + own <= now;
  };
  const dueIn = ({ segment, ages }: Aged): Due => ({
    segment,
    events: segment.events.filter((event, index) => isDue(event, ages[index] ?? null)),
  });
  for (;;) {
    const walk = keeper.state.walks[key] ?? START;
    const read = await readAged(tools, walk, size);
    const past = read.findIndex(({ ages }) => ages.some((age) => age === null || age + term > now));
    const passed = past === -1 ? read : read.slice(0, past);
    const needed = await eraseAll(tools, passed.map(dueIn));
    // What `import` brought in at once may be months apart.
    if (past !== -1) await eraseAll(tools, read.slice(past, past + 1).map(dueIn));
    keeper.state = {
      ...keeper.state,
      walks: { ...keeper.state.walks, [key]: walkedOn(walk, passed, needed) },
      behindMs: past === -1 && passed.length > 0 ? behind(passed, term, now) : 0,
    };
    if (past !== -1 || read.length === 0) return;
    await saveNowAndThen(tools);
  }
}

function walkedOn(walk: Walk<SegmentId>, passed: readonly Aged[], needed: SegmentId | null): Walk<SegmentId> {
  const last = passed.at(-1);
  if (last === undefined) return walk;
  const before = passed.findLast(({ segment }) => needed !== null && segment.id < needed);
  const place = before === undefined ? walk : { after: before.segment.id, upTo: latest(before, walk.upTo) };
  const back = walk.back ?? (needed === null ? null : { after: place.after, upTo: place.upTo });
  return { after: last.segment.id, upTo: latest(last, walk.upTo), back };
}

function latest({ ages }: Aged, fallback: number): number {
  return ages.findLast((age) => age !== null) ?? fallback;
}

function behind(passed: readonly Aged[], term: number, now: number): number {
  const last = passed.at(-1);
  return last === undefined ? 0 : Math.max(0, now - term - latest(last, now));
}

/** What a clock ahead stamped at the end of what was read came before what follows, so that is looked for. */
async function readAged(tools: Tools, walk: Walk<SegmentId>, size: StepSize): Promise<readonly Aged[]> {
  const segments = [...(await readSegments(tools, walk.after, size))];
  let ages = timed(segments, walk.upTo, tools.now);
  for (let looked = 0; looked < MOST_AHEAD && segments.length > 0 && ages.at(-1) === null; ) {
    const more = await readSegments(tools, segments.at(-1)?.id ?? 0, size);
    if (more.length === 0) break;
    segments.push(...more);
    looked += more.length;
    ages = timed(segments, walk.upTo, tools.now);
  }
  let at = 0;
  return segments.map((segment) => {
    const own = ages.slice(at, at + segment.events.length);
    at += segment.events.length;
    return { segment, ages: own };
  });
}

function timed(segments: readonly KeptSegment[], upTo: number, now: number): readonly (number | null)[] {
  const times = segments.flatMap(({ events }) => events.map(({ receivedAt }) => receivedAt));
  return agesOf(times, upTo, now);
}

function readSegments({ inbox, pace, persist }: Tools, after: SegmentId, size: StepSize) {
  return persist('looking for old bodies', () =>
    pace.step(
      () => inbox.keptSegments(after, size.limit),
      (ms) => size.took(ms),
      Math.max(pace.duty, DUTY.reading),
    ),
  );
}

export interface Due {
  readonly segment: KeptSegment;
  readonly events: readonly KeptEvent[];
}

/** Returns the first segment of which something is needed still. Null: of none. */
export async function eraseAll(tools: Tools, due: readonly Due[]): Promise<SegmentId | null> {
  const going = due.map(({ segment, events }) => ({
    segment: segment.id,
    asked: events.length,
    ids: events.filter(({ isNeeded }) => !isNeeded).map(({ id }) => id),
  }));
  const ids = going.flatMap((each) => each.ids);
  await setAside(tools, ids);
  let needed: SegmentId | null = null;
  for (const { segment, asked, ids } of going) {
    const gone = ids.length === 0 ? 0 : await erase(tools, segment, ids);
    if (gone < asked) needed ??= segment;
  }
  return needed;
}

/** They could not be written down, so they stay. */
export class NotKeptError extends Error {
  override readonly name = 'NotKeptError';
}

async function setAside({ keepAside }: Tools, ids: readonly EventId[]): Promise<void> {
  if (keepAside === null || ids.length === 0) return;
  try {
    await keepAside(ids);
  } catch (error) {
    throw new NotKeptError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function erase(tools: Tools, segment: SegmentId, ids: readonly EventId[]): Promise<number> {
  const { inbox, lease, pace, persist } = tools;
  const result = await persist('erasing bodies', () => pace.step(() => inbox.eraseBodies(lease, segment, ids)));
  const gone = unfenced(tools, result);
  count(tools, 'bodies', gone);
  return gone;
}
