import { html } from 'hono/html';
import type { Mood } from '../../http/api/answers/common.ts';
import type { EventSummary } from '../../http/api/answers/events.ts';
import { cut, type Html, theirs, visible } from './html.ts';
import { mood } from './mood.ts';

/** How an event stands, in a word: its state, or the worst that became of it at a destination. */
export const STANDINGS = {
  dead: { word: 'given up', mood: 'bad', sign: '✕' },
  failed: { word: 'failed', mood: 'bad', sign: '✕' },
  quarantined: { word: 'quarantined', mood: 'bad', sign: '!' },
  unknown: { word: 'unknown', mood: 'busy', sign: '?' },
  waiting: { word: 'waiting', mood: 'busy', sign: '○' },
  held: { word: 'held', mood: 'busy', sign: '◐' },
  pending: { word: 'undecided', mood: 'busy', sign: '○' },
  told: { word: 'told', mood: 'good', sign: '✓' },
  routed: { word: 'routed', mood: 'quiet', sign: '–' },
  skipped: { word: 'skipped', mood: 'quiet', sign: '–' },
} as const satisfies Readonly<Record<string, { readonly word: string; readonly mood: Mood; readonly sign: string }>>;
export type Standing = keyof typeof STANDINGS;

const WORST_FIRST = ['dead', 'unknown', 'waiting', 'held', 'told'] as const;

export function standingOf({ state, fates }: Pick<EventSummary, 'state' | 'fates'>): Standing {
  if (state !== 'routed') return state;
  return WORST_FIRST.find((fate) => (fates[fate] ?? 0) > 0) ?? 'routed';
}

export function standing(key: Standing): Html {
  const { word, mood: kind, sign } = STANDINGS[key];
  return mood(kind, word, sign);
}

/** A destination with the sign of what became of it there; the word is said to who cannot see it. */
export function toldAt(destination: string, fate: Standing, reason: string | null): Html {
  const { word, mood: kind, sign } = STANDINGS[fate];
  const why = reason === null ? word : `${word}: ${reason}`;
  return html`<span class="at" title="${visible(cut(why, 300))}"><span class="mood ${kind}"><span class="sign" aria-hidden="true">${sign}</span></span>${theirs(cut(destination, 60))}<span class="unseen"> ${word}</span></span>`;
}
