import type { StoredSize } from '../../model/inbox/upkeep.ts';
import { sizeWords } from '../../shared/terminal/size-words.ts';
import { firstIdPast } from './first-id.ts';
import { StepSize } from './pace.ts';
import { save, saveNowAndThen, type Tools, unfenced } from './tools.ts';
import { eraseAll } from './walk-bodies.ts';

/** What goes at once when there is too much, so that it is not a handful at each event. */
const DOWN_TO = 0.95;
const OVER = 0.97;

/**
 * How many bytes of bodies must go. 0: none. What is free in the file does not count: it is filled before the file grows. `credit`: what
 * went already, and is not counted as free.
 */
export function excessOf({ bytes, freeBytes }: StoredSize, maxBytes: number, credit: number): number {
  const held = bytes - freeBytes - credit;
  return held > maxBytes * OVER ? Math.ceil(held - maxBytes * DOWN_TO) : 0;
}

/**
 * The last word: above the limit the oldest bodies go, whatever their term, but nothing that is needed. What a store does not give
 * back nor count as free (Postgres fills it anew) is remembered, until as much has come in: else every look would take more.
 */
export async function keepBelow(tools: Tools, maxBytes: number | null): Promise<void> {
  const { keeper, log } = tools;
  if (maxBytes === null) return setOver(tools, false);
  const credit = await creditLeft(tools);
  const size = await measured(tools);
  let excess = excessOf(size, maxBytes, credit);
  if (excess === 0) return setOver(tools, false);
  log.warn(
    { bytes: size.bytes, freeBytes: size.freeBytes, maxBytes },
    `the database holds ${sizeWords(size.bytes - size.freeBytes)} of the ${sizeWords(maxBytes)} it may (max_size): the oldest bodies go before their time`,
  );
  const erased = await eraseOldest(tools, excess);
  const after = await measured(tools);
  // What the store counts as free by itself is no credit.
  const freed = Math.max(0, size.bytes - size.freeBytes - (after.bytes - after.freeBytes));
  const rest = Math.max(0, erased.bytes - freed);
  keeper.state = {
    ...keeper.state,
    credit: { bytes: credit + rest, upTo: erased.newest ?? keeper.state.credit.upTo },
  };
  excess = excessOf(after, maxBytes, keeper.state.credit.bytes);
  // One commit brings less than this: who is nearly below it will be, with the next events that go.
  const isOver = excess > 0 && erased.isEverything;
  if (isOver && !keeper.state.isOverLimit) {
    log.error(
      { bytes: after.bytes, maxBytes },
      `max_size cannot be met: ${sizeWords(after.bytes - after.freeBytes)} are held, and no body is left that may go. What is left are events (\`events\` keeps them), what waits and what was given up.`,
    );
  }
  await setOver(tools, isOver);
}

async function setOver(tools: Tools, isOverLimit: boolean): Promise<void> {
  const { keeper } = tools;
  if (keeper.state.isOverLimit === isOverLimit) return;
  keeper.state = { ...keeper.state, isOverLimit };
  await save(tools);
}

interface Erased {
  readonly bytes: number;
  /** The newest segment by then. Null: there was none. */
  readonly newest: number | null;
  /** None is left. */
  readonly isEverything: boolean;
}

async function eraseOldest(tools: Tools, excess: number): Promise<Erased> {
  const { inbox, pace, persist, keeper } = tools;
  const size = new StepSize();
  let bytes = 0;
  let after = 0;
  while (bytes < excess) {
    const segments = await persist('looking for the oldest bodies', () =>
      pace.step(
        () => inbox.keptSegments(after, size.limit),
        (ms) => size.took(ms),
      ),
    );
    if (segments.length === 0) return { bytes, newest: after, isEverything: true };
    const enough = segments.findIndex((_, index) => bytes + sum(segments.slice(0, index + 1)) >= excess);
    const going = enough === -1 ? segments : segments.slice(0, enough + 1);
    const before = keeper.pruned.bodies;
    await eraseAll(
      tools,
      going.map((segment) => ({ segment, events: segment.events })),
    );
    const asked = going.reduce((total, { events }) => total + events.length, 0);
    bytes += asked === 0 ? 0 : (sum(going) * (keeper.pruned.bodies - before)) / asked;
    after = going.at(-1)?.id ?? after;
    await saveNowAndThen(tools);
  }
  return { bytes, newest: await newestSegment(tools, after), isEverything: false };
}

function sum(segments: readonly { readonly bytes: number }[]): number {
  return segments.reduce((total, { bytes }) => total + bytes, 0);
}

function newestSegment({ inbox, persist }: Tools, known: number): Promise<number> {
  const isNoneAfter = async (id: number) =>
    (await persist('looking for the newest body', () => inbox.keptSegments(id, 1))).length === 0;
  return firstIdPast(known, isNoneAfter);
}

/** What came in since takes the place of what went: about half as much again as its bodies, with rows and indexes. */
const WITH_ROWS = 1.5;

async function creditLeft(tools: Tools): Promise<number> {
  const { keeper, inbox, pace, persist } = tools;
  const { bytes, upTo } = keeper.state.credit;
  if (bytes === 0) return 0;
  let came = 0;
  let after = upTo;
  while (came < bytes) {
    const segments = await persist('looking what came in', () => pace.step(() => inbox.keptSegments(after, 256)));
    if (segments.length === 0) break;
    came += sum(segments) * WITH_ROWS;
    after = segments.at(-1)?.id ?? after;
  }
  const left = Math.max(0, bytes - came);
  keeper.state = { ...keeper.state, credit: { bytes: left, upTo: after } };
  return left;
}

function measured({ inbox, persist }: Tools): Promise<StoredSize> {
  return persist('asking for the size', () => inbox.storedSize());
}

/** Gives back what is free beyond what the store keeps in reserve. */
export async function shrink(tools: Tools): Promise<void> {
  const { inbox, lease, pace, persist, keeper } = tools;
  const step = new StepSize();
  for (;;) {
    const bytes = step.limit * SHRINK_UNIT;
    const result = await persist('giving free space back', () =>
      pace.step(
        () => inbox.shrink(lease, bytes),
        (ms) => step.took(ms),
      ),
    );
    const given = unfenced(tools, result);
    if (given === 0) return;
    keeper.pruned = { ...keeper.pruned, bytes: keeper.pruned.bytes + given };
  }
}

/** A page, so that the first step is 64 kB. */
const SHRINK_UNIT = 4_096;
