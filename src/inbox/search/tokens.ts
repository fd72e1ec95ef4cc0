import type { Searched } from '../../model/inbox/backlog.ts';
import type { EventFilter } from '../../model/inbox/records.ts';
import { isFate } from '../fates.ts';
import { valueOf, wordsOf } from './words.ts';

/** What is known of a decided event, beside what it says. */
export interface Facts {
  readonly source: string;
  readonly type: string;
  readonly action: string | null;
  readonly repo: string | null;
  readonly state: string;
  readonly replays: number;
}

/** A token is a letter for what it is about, and a value: `wpush` is a word, `kpush` a kind. */
type Facet = 's' | 'o' | 'k' | 'r' | 'u';
/** Where it is slow to compare two long lists that hardly meet, the pairs that people ask for have tokens of their own. */
export type Pairs = 'with pairs' | 'no pairs';

const PAIRS: readonly (readonly [Facet, Facet])[] = [
  ['s', 'o'],
  ['s', 'k'],
  ['s', 'r'],
  ['s', 'u'],
  ['o', 'k'],
  ['k', 'r'],
  ['k', 'u'],
  ['r', 'u'],
];

type Values = ReadonlyMap<Facet, string>;

/** By what a decided event is found. */
export function tokensOf(
  { source, type, action, repo, state, replays }: Facts,
  said: Searched | null,
  paired: Pairs,
): string[] {
  const actor = said?.actor ?? null;
  const values = new Map<Facet, string>([
    ['s', state],
    ['o', valueOf(source)],
    ['k', valueOf(type)],
  ]);
  if (repo !== null) values.set('r', valueOf(repo));
  if (actor !== null) values.set('u', valueOf(actor));
  // It may have been told before it was decided anew.
  const own = [values, ...(replays > 0 && state !== 'routed' ? [new Map(values).set('s', 'routed')] : [])];
  const tokens = own.flatMap((each) => [...singles(each), ...(paired === 'with pairs' ? pairs(each) : [])]);
  if (action !== null) tokens.push(`k${valueOf(`${type}.${action}`)}`);
  if (said !== null) for (const word of wordsOf(`${said.text} ${actor ?? ''}`)) tokens.push(`w${word}`);
  return [...new Set(tokens)];
}

/**
 * The tokens that every decided event has that fits the filter; one that has them need not fit, but for its words and its actor.
 * Null: nothing fits.
 */
export function askedTokens(
  { state, source, kind, type, repo, actor, text }: EventFilter,
  paired: Pairs,
): readonly string[] | null {
  const values = new Map<Facet, string>();
  // Whatever became of it somewhere, it was routed for that.
  if (state !== undefined && state !== 'pending') values.set('s', isFate(state) ? 'routed' : state);
  if (source !== undefined) values.set('o', valueOf(source));
  const only = type ?? (kind?.includes('.') ? undefined : kind);
  if (only !== undefined) values.set('k', valueOf(only));
  if (repo !== undefined) values.set('r', valueOf(repo));
  if (actor !== undefined) values.set('u', valueOf(actor));
  const words = text === undefined ? [] : wordsOf(text);
  if (text !== undefined && words.length === 0) return null;
  const tokens = paired === 'with pairs' ? narrowest(values) : singles(values);
  if (kind?.includes('.')) tokens.push(`k${valueOf(kind)}`);
  return [...tokens, ...words.map((word) => `w${word}`)];
}

/** Who asks so asks for what is known of an event by its tokens alone. */
export function asksForWords({ actor, text }: EventFilter): boolean {
  return actor !== undefined || text !== undefined;
}

function singles(values: Values): string[] {
  return [...values].map(([facet, value]) => `${facet}${value}`);
}

function pairs(values: Values): string[] {
  return PAIRS.flatMap(([a, b]) => {
    const [first, second] = [values.get(a), values.get(b)];
    return first === undefined || second === undefined ? [] : [pairOf(a, first, b, second)];
  });
}

function pairOf(a: Facet, first: string, b: Facet, second: string): string {
  return `${a}${b}\u0080${first}\u0080${second}`;
}

/** Pairs where there are, and what is in none. */
function narrowest(values: Values): string[] {
  const paired = new Set(PAIRS.filter(([a, b]) => values.has(a) && values.has(b)).flat());
  return [...pairs(values), ...singles(new Map([...values].filter(([facet]) => !paired.has(facet))))];
}
