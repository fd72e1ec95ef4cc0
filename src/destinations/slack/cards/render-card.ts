import type { ContextBlock, KnownBlock } from '@slack/types';
import type { CardContent } from '../../../model/destination.ts';
import { type CardWords, cardWords } from '../../../text/card.ts';
import { honestUrl, hostOf, isDisguised } from '../../../text/honest-url.ts';
import { wordsWithin } from '../../../text/plain.ts';
import { capitalised } from '../../../text/words.ts';
import { code, escapeText, label, link, URL_LIMIT } from '../escape.ts';
import { clip, LIMITS } from '../limits.ts';
import { section } from '../render.ts';

/** `text` is what phones and screen readers have of it. */
export interface SlackCard {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const BETWEEN = '  ·  ';
/** Two of them stay below what a block may hold, all together below what a message may. */
const LINE = 1400;
const NAME = 400;
const SHOWN = 10;

/** Classic blocks alone, which every client shows: whatever is known, at most four. */
export function renderCard(content: CardContent): SlackCard {
  const words = cardWords(content);
  const lines = [whatIsIn(words), howItStands(words), label(words.latest, LINE)];
  return { text: textOf(words), blocks: [section(topOf(words)), ...lines.filter(Boolean).map(small)] };
}

function topOf(words: CardWords): string {
  const { sign, state, author, base, head } = words;
  const branches = [code(base, 120), code(head, 120)].filter(Boolean).join(' ← ');
  const by = author && `by ${label(author, 80)}`;
  const below = [label(capitalised(state), 60), by, branches].filter(Boolean).join(BETWEEN);
  return clip([`${sign}  *${titleOf(words)}*`, below].filter(Boolean).join('\n'), LIMITS.sectionText);
}

/** A page elsewhere may not pass for another address. */
function titleOf({ name, url }: CardWords): string {
  const shown = wordsWithin(name, NAME);
  const honest = honestUrl(url, URL_LIMIT);
  const host = honest !== null && isDisguised(honest, shown) ? escapeText(` (${hostOf(honest)})`) : '';
  return link(honest, label(shown, NAME) + host);
}

function whatIsIn({ place, size, comments, labels, assignees }: CardWords): string {
  const assigned = some(assignees, (login) => label(login, 80), ', ');
  const parts = [
    label(place, 140),
    size,
    comments,
    some(labels, (name) => code(name, 60), ' '),
    assigned && `assigned to ${assigned}`,
  ];
  return clip(parts.filter(Boolean).join(BETWEEN), LINE);
}

function reviewersIn({ reviewers }: CardWords): string {
  return clip(
    some(reviewers, ({ login, sign }) => `${sign} ${label(login, 80)}`, '   '),
    LINE,
  );
}

/** What is to be seen at a glance: who says what of it, and what machines say. */
function howItStands(words: CardWords): string {
  return [reviewersIn(words), label(words.checks, LINE)].filter(Boolean).join(BETWEEN);
}

function some<T>(all: readonly T[], shown: (each: T) => string, between: string): string {
  const texts = all.slice(0, SHOWN).map(shown).filter(Boolean).join(between);
  return all.length > SHOWN ? `${texts} and ${all.length - SHOWN} more` : texts;
}

function small(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

function textOf({ state, name, place }: CardWords): string {
  const said = [state && `${capitalised(state)}:`, name, place && `(${place})`].filter(Boolean).join(' ');
  return label(said, LIMITS.sentence) || 'Activity';
}
