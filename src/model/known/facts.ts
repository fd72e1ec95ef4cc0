import type { StoredEvent } from '../event.ts';
import {
  CARD_FACTS,
  type Fact,
  type FactValue,
  type Heard,
  type KeptFact,
  type Known,
  type SubjectState,
} from './card.ts';
import { PERSON_FACTS } from './person.ts';

// How what is known of a subject is merged: in whatever order, however often, in whatever pieces it is heard, the end is the same.

type Facts = SubjectState['facts'];
type Named = readonly [name: string, fact: KeptFact];

/** Facts of families that are kept of one subject, all of its families together. The oldest go first. */
export const MOST_OF_FAMILIES = 180;
const LONGEST_NAME = 200;
/** As JSON. */
const LONGEST_VALUE = 2_000;
/** Longer threads have no cards: no index takes them as they are. */
const LONGEST_THREAD = 500;
/** A fact's time is at most so long after its receipt: a clock that is ahead must not keep everything later from being believed. */
const CLOCK_AHEAD_MS = 5 * 60_000;

/** What an event says, with its times settled; what no card can show, or nobody could store, is left out. Pure, of any input. */
export function heardOf(
  known: readonly Known[],
  { id, receivedAt }: Pick<StoredEvent, 'id' | 'receivedAt'>,
): readonly Heard[] {
  const all = known.flatMap(({ thread, facts }): readonly Heard[] => {
    if (typeof thread !== 'string' || !isStorable(thread)) return [];
    const kept = facts.flatMap((fact): readonly [string, KeptFact][] => {
      const value = fitting(fact.value);
      if (value === undefined || !isFactName(fact.name)) return [];
      return [[fact.name, { value, at: timeOf(fact, receivedAt), eventId: id }]];
    });
    return [{ thread, facts: newestOf(kept) }];
  });
  return mergedHeard(all).filter(({ facts }) => Object.keys(facts).length > 0);
}

/** Several things heard, each thread once. */
export function mergedHeard(heard: readonly Heard[]): readonly Heard[] {
  const byThread = Map.groupBy(heard, ({ thread }) => thread);
  return [...byThread].map(([thread, all]) => ({
    thread,
    facts: newestOf(all.flatMap(({ facts }) => Object.entries(facts))),
  }));
}

/** Of each fact the newest, in the order of their names. Commutative, associative, idempotent, also where families are cut. */
export function mergedFacts(...all: readonly Facts[]): Facts {
  return newestOf(all.flatMap((facts) => Object.entries(facts)));
}

function newestOf(facts: readonly Named[]): Facts {
  const newest = new Map<string, KeptFact>();
  for (const [name, fact] of facts) {
    const other = newest.get(name);
    if (other === undefined || newestFirst([name, fact], [name, other]) < 0) newest.set(name, fact);
  }
  const ranked = [...newest].filter(([name]) => name.includes(':')).toSorted(newestFirst);
  for (const [name] of ranked.slice(MOST_OF_FAMILIES)) newest.delete(name);
  return Object.fromEntries([...newest].toSorted(([a], [b]) => compare(a, b)));
}

/** Whether one says what the other does not: a value, not since when. */
export function saysOtherwise(before: Facts, after: Facts): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].some((name) => textOf(before[name]) !== textOf(after[name]));
}

/** The thread under which its checks are kept. Null: it names none. */
export function checksOf({ checks }: Facts): string | null {
  return typeof checks?.value === 'string' && isStorable(checks.value) ? checks.value : null;
}

function isStorable(thread: string): boolean {
  return thread !== '' && thread.length <= LONGEST_THREAD && thread.isWellFormed() && !thread.includes('\0');
}

function isFactName(name: unknown): name is string {
  if (typeof name !== 'string' || name.length > LONGEST_NAME) return false;
  const family = name.slice(0, name.indexOf(':') + 1);
  const known = family === '' ? name : family;
  return (Object.hasOwn(CARD_FACTS, known) || Object.hasOwn(PERSON_FACTS, known)) && name !== family;
}

/** Undefined: it is none. */
function fitting(value: unknown): FactValue | undefined {
  if (typeof value === 'string') return fittingText(value);
  if (Array.isArray(value)) return fittingList(value.filter((item) => typeof item === 'string'));
  if (value === null || typeof value === 'boolean') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function fittingText(value: string): string {
  let text = value.slice(0, LONGEST_VALUE);
  for (let over = sizeOf(text) - LONGEST_VALUE; over > 0; over = sizeOf(text) - LONGEST_VALUE) {
    // One character takes six at most: `\u0000`.
    text = text.slice(0, -Math.ceil(over / 6));
  }
  return text.replace(/[\uD800-\uDBFF]$/, '');
}

function fittingList(values: readonly string[]): readonly string[] {
  let left = LONGEST_VALUE - 2;
  const end = values.findIndex((value) => {
    left -= value.length > left ? left + 1 : sizeOf(value) + 1;
    return left < 0;
  });
  return end === -1 ? values : values.slice(0, end);
}

function sizeOf(text: string): number {
  return JSON.stringify(text).length;
}

function timeOf({ at }: Fact, receivedAt: number): number {
  if (typeof at !== 'number' || !Number.isFinite(at)) return receivedAt;
  return Math.floor(Math.min(at, receivedAt + CLOCK_AHEAD_MS));
}

/** A total order, so that ties end alike everywhere: by time, event, what it says, name. */
function newestFirst([nameOfOne, one]: Named, [nameOfOther, other]: Named): number {
  return (
    other.at - one.at ||
    other.eventId - one.eventId ||
    compare(textOf(other), textOf(one)) ||
    compare(nameOfOne, nameOfOther)
  );
}

function textOf(fact: KeptFact | undefined): string {
  return fact === undefined ? 'null' : JSON.stringify(fact.value);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
