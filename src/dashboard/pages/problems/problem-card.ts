import { html } from 'hono/html';
import type { Mood } from '../../../http/api/answers/common.ts';
import type { Problem } from '../../../http/api/answers/problems.ts';
import type { Selection } from '../../../http/api/answers/replays.ts';
import { plural } from '../../../shared/time-words.ts';
import { command, typed } from '../../parts/command.ts';
import { actButton } from '../../parts/form.ts';
import { type Html, NOTHING, theirs } from '../../parts/html.ts';
import { mood } from '../../parts/mood.ts';
import { type ReplayAsked, replayPath } from '../../parts/replay-link.ts';
import { said } from '../../parts/said.ts';
import { timeAgo } from '../../parts/time.ts';
import { type Around, anchorOf, pathOf } from '../destinations/lane-card.ts';
import { FILTER_KEYS, withKey } from '../inbox/filter.ts';

interface Kind {
  /** What sort of trouble it is, in a word. */
  readonly word: string;
  readonly mood: Mood;
  readonly sign: string;
  /** Behind "What is this?". */
  readonly meaning?: string;
}

const KINDS: Readonly<Record<Problem['kind'], Kind>> = {
  broken: { word: 'nothing arrives', mood: 'bad', sign: '✕' },
  held: { word: 'paused', mood: 'busy', sign: '◐' },
  dead: { word: 'given up', mood: 'bad', sign: '✕' },
  unknown: {
    word: 'perhaps told',
    mood: 'busy',
    sign: '?',
    meaning:
      'A message was sent, and no answer came back: it may have arrived or not. Look there before you send it again, or it may stand there twice.',
  },
  quarantined: {
    word: 'held back',
    mood: 'bad',
    sign: '!',
    meaning:
      'The signature was right, yet the event looks forged: the same body came before under another name, or its type contradicts its body. Whoever has the secret can make such a thing. Nobody is told until somebody has looked at it; a replay says that it is genuine.',
  },
  failed: {
    word: 'not read',
    mood: 'bad',
    sign: '✕',
    meaning:
      'The event was received and verified, and could not be read. It is stored as it came: a replay reads it anew.',
  },
  hook: { word: 'webhook', mood: 'bad', sign: '✕' },
  secret: { word: 'secret', mood: 'busy', sign: '!' },
  worker: { word: 'worker', mood: 'bad', sign: '✕' },
  rules: { word: 'rules', mood: 'bad', sign: '✕' },
  retention: { word: 'storage', mood: 'busy', sign: '!' },
};

/** One cause, and the one thing to do about it. */
export function problemCard(problem: Problem, index: number, around: Around): Html {
  const { kind, title, says, fix, command: line } = problem;
  const { word, mood: how, sign, meaning } = KINDS[kind];
  const { invocation } = around;
  return html`<article class="card problem ${how}" aria-labelledby="problem-${index}">
    <p class="sort">${mood(how, word, sign)}</p>
    <h2 id="problem-${index}">${theirs(title)}</h2>
    <p>${said(says)}</p>
    <div class="todo"><p>${said(fix)}</p>${line === null ? NOTHING : html`<p>${command(typed(line, invocation))}</p>`}</div>
    ${concerned(problem, around)}
    ${meaning === undefined ? NOTHING : html`<details class="what"><summary>What is this?</summary><p>${meaning}</p></details>`}
    ${foot(problem, around)}
  </article>`;
}

const OF_EVENTS: ReadonlySet<Problem['kind']> = new Set(['dead', 'unknown', 'quarantined', 'failed']);

/** Since when, and the newest of them. How many there are `says` has said. */
function concerned({ kind, count, first_at: first, event_ids: ids }: Problem, { now, visit }: Around) {
  if (!OF_EVENTS.has(kind) || count === 0) return NOTHING;
  const since = first === null || count === 1 ? NOTHING : html`The first ${timeAgo(first, now)}. `;
  const events = ids.map((id) => html`<a href="${visit.base}/events/${id}">#${id}</a> `);
  const newest = count > ids.length ? 'The newest events' : ids.length === 1 ? 'Event' : 'Events';
  return html`<p class="muted concerned">${since}${ids.length === 0 ? NOTHING : html`<span class="ids">${newest} ${events}</span>`}</p>`;
}

function foot(problem: Problem, around: Around): Html {
  const { destination } = problem;
  const { visit } = around;
  const isAdmin = visit.caller.role === 'admin';
  if (!isAdmin && destination === null) return NOTHING;
  const there =
    destination === null
      ? NOTHING
      : html`<a class="there" href="${visit.base}/destinations#${anchorOf(destination)}">Open ${theirs(destination)}</a>`;
  return html`<div class="row acts">${isAdmin ? actions(problem, around) : NOTHING}${there}</div>`;
}

function actions(problem: Problem, { visit }: Around): Html {
  const { kind, destination, retry, can_dismiss: canDismiss, count, is_more: isMore } = problem;
  const many = `${isMore ? 'more than ' : ''}${count.toLocaleString('en-US')}`;
  const resume =
    (kind === 'broken' || kind === 'held') && destination !== null
      ? actButton(visit, pathOf(destination, 'resume'), 'Resume', { kind: 'main', fields: { back: 'problems' } })
      : NOTHING;
  const again =
    retry === null
      ? NOTHING
      : html`<a class="button main" href="${visit.base}${replayPath(asked(retry))}">${retryWords(kind, count, many)}</a>`;
  const dismiss = retry !== null && canDismiss ? dismissal(retry, { visit, many, count }) : NOTHING;
  return html`${resume}${again}${dismiss}`;
}

function retryWords(kind: Problem['kind'], count: number, many: string): string {
  const verb = kind === 'quarantined' ? 'Release' : 'Retry';
  return count === 1 ? `${verb} it…` : `${verb} all ${many}…`;
}

/** Two steps, so that nobody dismisses by a slip: no plan is needed to put something out of sight. */
function dismissal(
  retry: Selection,
  { visit, many, count }: Pick<Around, 'visit'> & { readonly many: string; readonly count: number },
): Html {
  const button = actButton(visit, '/problems/dismiss', count === 1 ? 'Dismiss it' : `Dismiss ${many}`, {
    fields: { selection: JSON.stringify(retry) },
    kind: 'danger',
  });
  return html`<details class="menu"><summary class="button">Dismiss…</summary><div class="menu-list wide">
    <p>${plural(count, 'message')} will not be sent, and no longer stand${count === 1 ? 's' : ''} here. The event${count === 1 ? ' stays' : 's stay'} in the inbox.</p>${button}</div></details>`;
}

function asked(selection: Selection): ReplayAsked {
  if ('ids' in selection) return { ids: selection.ids };
  if ('messages' in selection) {
    const { state, destination = null, cause = null } = selection.messages;
    return { untold: state, destination, cause };
  }
  const { text = '', ...filter } = selection.filter;
  const given = FILTER_KEYS.flatMap((key) => (filter[key] === undefined ? [] : [[key, String(filter[key])] as const]));
  return { q: given.reduceRight((q, [key, value]) => withKey(q, key, value), text) };
}
