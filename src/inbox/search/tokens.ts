import type { Searched } from '../../model/inbox/backlog.ts';
import type { EventFilter } from '../../model/inbox/records.ts';
import { valueOf, wordsOf } from '../../model/inbox/search-words.ts';
import { isFate } from '../fates.ts';

/** What is known of a decided event, beside what it says. */
export interface Facts {
  readonly source: string;
  readonly type: string;
  readonly action: string | null;
  readonly repo: string | null;
  readonly state: string;
  readonly replays: number;
}

/** A token is a letter for what it is about, and a value: `wpush` is a word, `kpush` a kind. By their place in `Values`. */
const LETTERS = ['s', 'o', 'k', 'r', 'u'] as const;
const [STATE, SOURCE, KIND, REPO, ACTOR] = [0, 1, 2, 3, 4] as const;

/** Undefined: it has none, or nobody asked. */
type Values = (string | undefined)[];

type Pair = readonly [number, number];

/**
 * Two long lists that hardly meet are slow to compare: so pairs that people ask for have tokens of their own. A store that compares
 * quickly has the first of them alone.
 */
export const PAIRS: readonly Pair[] = [
  [STATE, KIND],
  [STATE, SOURCE],
  [STATE, REPO],
  [STATE, ACTOR],
  [SOURCE, KIND],
  [KIND, REPO],
  [KIND, ACTOR],
  [REPO, ACTOR],
];
export const FIRST_PAIR = PAIRS.slice(0, 1);

/** By what a decided event is found. Some may be there twice. */
export function tokensOf(
  { source, type, action, repo, state, replays }: Facts,
  said: Searched | null,
  pairs: readonly Pair[],
): readonly string[] {
  const actor = said?.actor ?? null;
  const values: Values = [state, valueOf(source), valueOf(type), undefined, undefined];
  if (repo !== null) values[REPO] = valueOf(repo);
  if (actor !== null) values[ACTOR] = valueOf(actor);
  const tokens: string[] = [];
  addFacets(tokens, values, pairs);
  // It may have been told before it was decided anew.
  if (replays > 0 && state !== 'routed') addFacets(tokens, ['routed', ...values.slice(1)], pairs);
  if (action !== null) tokens.push(`k${valueOf(`${type}.${action}`)}`);
  if (said !== null) for (const word of wordsOf(`${said.text} ${actor ?? ''}`)) tokens.push(`w${word}`);
  return tokens;
}

/**
 * The tokens that every decided event has that fits the filter; one that has them need not fit, but for its words and its actor.
 * Null: nothing fits.
 */
export function askedTokens(
  { state, source, kind, type, repo, actor, text, to }: EventFilter,
  pairs: readonly Pair[],
): readonly string[] | null {
  const words = text === undefined ? [] : wordsOf(text);
  if (text !== undefined && words.length === 0) return null;
  // Whatever became of it somewhere, it was routed for that.
  const decided = isFate(state) || (state === undefined && to !== undefined) ? 'routed' : state;
  const asked = [source, type ?? (kind?.includes('.') ? undefined : kind), repo, actor];
  const values = [
    decided === 'pending' ? undefined : decided,
    ...asked.map((name) => (name === undefined ? undefined : valueOf(name))),
  ];
  const tokens = narrowest(values, pairs);
  if (to !== undefined && decided !== 'routed') tokens.push(`${LETTERS[STATE]}routed`);
  if (kind?.includes('.')) tokens.push(`k${valueOf(kind)}`);
  return [...tokens, ...words.map((word) => `w${word}`)];
}

/** Whether tokens narrow it down beyond that it was routed. */
export function isNarrowed({ state, source, kind, type, repo }: EventFilter): boolean {
  const isOwnState = state !== undefined && state !== 'routed' && !isFate(state);
  return isOwnState || [source, kind, type, repo].some((each) => each !== undefined);
}

/** Who asks so asks for what is known of an event by its tokens alone. */
export function asksForWords({ actor, text }: EventFilter): boolean {
  return actor !== undefined || text !== undefined;
}

function addFacets(tokens: string[], values: Values, pairs: readonly Pair[]): void {
  for (let at = 0; at < values.length; at++) if (values[at] !== undefined) tokens.push(`${LETTERS[at]}${values[at]}`);
  for (const [a, b] of pairs) if (values[a] !== undefined && values[b] !== undefined) tokens.push(pairOf(values, a, b));
}

function pairOf(values: Values, a: number, b: number): string {
  return `${LETTERS[a]}${LETTERS[b]}\u0080${values[a]}\u0080${values[b]}`;
}

/** Pairs where there are, and what is in none. */
function narrowest(values: Values, pairs: readonly Pair[]): string[] {
  const asked = pairs.filter(([a, b]) => values[a] !== undefined && values[b] !== undefined);
  const paired = new Set(asked.flat());
  const tokens = asked.map(([a, b]) => pairOf(values, a, b));
  const alone = values.map((value, at) => (paired.has(at) ? undefined : value));
  addFacets(tokens, alone, []);
  return tokens;
}
