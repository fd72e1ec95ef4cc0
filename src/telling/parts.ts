import type { Person } from '../model/activity.ts';
import type { Facets } from '../model/facets.ts';
import { list, read, textOrNull, timeOrNull } from '../shared/payload.ts';
import { lasting } from '../shared/time-words.ts';
import type { Money } from '../text/money.ts';
import { cut } from '../text/plain.ts';
import { spaced } from '../text/words.ts';

/** The first of these fields that says something. A number in a path is a place in a list: `charges.0.name`. */
export function firstText(object: unknown, paths: readonly string[]): string | null {
  for (const path of paths) {
    const found = textOrNull(at(object, path), 'it');
    if (found !== null && found.trim() !== '') return found;
  }
  return null;
}

function at(object: unknown, path: string): { readonly it: unknown } {
  const [before, after] = path.split('.0.');
  return { it: after === undefined ? read(object, path) : read(list(object, before ?? '')[0], after) };
}

/** An id or a number that may be written either way, as text: `12`. Numbers that lost digits on the way say nothing. */
export function idAt(object: unknown, path: string): string | null {
  const value = read(object, path);
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : textOrNull(object, path);
}

/** A number, also where it is written as text. Null: neither. */
export function numberAt(object: unknown, path: string): number | null {
  const value = read(object, path);
  if (typeof value === 'string' && !/^\s*-?\d{1,15}(?:\.\d{1,12})?\s*$/.test(value)) return null;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** `$20.00 from Mona`; each is left out where nobody says it. */
export function joined(amount: string | null, word: string, name: string | null): string {
  if (name === null) return amount ?? '';
  return amount === null ? name : `${amount} ${word} ${name}`;
}

/** What rules ask of an amount. */
export function moneyFacets(money: Money | null): Pick<Facets, 'amount' | 'currency'> {
  return { amount: money?.amount ?? null, currency: money?.currency ?? null };
}

/** `was: Retry`, `for Mona`; null where there is nothing to say it of. */
export function after(words: string, said: string | null): string | null {
  return said === null ? null : `${words} ${said}`;
}

/** A name as part of a `did`: on one line, at most 60 characters, and never a placeholder itself. */
export function asWords(name: string): string {
  return cut(name.replace(/[\s{}]+/g, ' ').trim(), 60).toWellFormed();
}

/** A name from a provider's own list, in words: `product_not_received`, `EVIDENCE_REQUIRED` → `evidence required`. */
export function worded(name: string): string {
  const words = spaced(name.replaceAll('.', ' '));
  return /^[A-Z][A-Z\d ]{3,}$/.test(words) ? words.toLowerCase() : words;
}

export function wordsAt(object: unknown, path: string): string | null {
  const value = textOrNull(object, path);
  return value === null ? null : worded(value);
}

/** A time that says by how much its clock differs from UTC. */
const LOCAL = /^(\d{4}-\d{2}-\d{2})T.+[+-]\d{2}:?\d{2}$/;

/** `Dec 21, 2026`: the day as it is written there, else in UTC; null when there is no such time. */
export function day(object: unknown, path: string): string | null {
  const time = timeOrNull(object, path);
  const written = LOCAL.exec(textOrNull(object, path) ?? '')?.[1];
  return dayOf(time === null || written === undefined ? time : Date.parse(written));
}

/** The same of milliseconds since 1970. */
export function dayOf(time: number | null): string | null {
  if (time === null || time <= 0 || Number.isNaN(new Date(time).valueOf())) return null;
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(time);
}

/** `answer by Dec 21, 2026` */
export function dayFact(words: string, object: unknown, path: string): string | null {
  return after(words, day(object, path));
}

/** Seconds of the year 5000; milliseconds of 1973. */
const SECONDS_END = 1e11;

/** Milliseconds since 1970, of a time written in seconds, milliseconds, either as text, or ISO 8601. */
export function momentAt(object: unknown, path: string): number | null {
  const number = numberAt(object, path);
  if (number === null) return timeOrNull(object, path);
  if (number <= 0) return null;
  const time = number < SECONDS_END ? number * 1000 : number;
  return Number.isNaN(new Date(time).valueOf()) ? null : time;
}

/** `lasted 2 h 10 min`, from two times in ms; null where nobody says, or the clocks disagree. */
export function lasted(started: number | null, ended: number | null): string | null {
  return started === null || ended === null || ended <= started ? null : `lasted ${lasting(ended - started)}`;
}

/** Somebody of whom a provider says no more than a name. Null: not even that. */
export function person(login: string | null, known: Partial<Omit<Person, 'login'>> = {}): Person | null {
  const name = login?.trim() ?? '';
  return name === '' ? null : { url: null, avatarUrl: null, isBot: false, ...known, login: name };
}
