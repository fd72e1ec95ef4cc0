import { html } from 'hono/html';
import type { EventSummary } from '../../../http/api/answers/events.ts';
import { query } from '../../ask.ts';
import { type Html, visible } from '../../parts/html.ts';
import { STANDINGS } from '../../parts/standing.ts';
import { FILTER_KEYS, readFilter, STATES, withKey } from './filter.ts';
import { kindOf } from './rows.ts';

interface Known {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
}

/** One click each. */
const STATES_SHOWN = ['told', 'waiting', 'held', 'unknown', 'dead', 'skipped', 'failed', 'quarantined'] as const;
const HINTS: Readonly<Record<(typeof FILTER_KEYS)[number], string>> = {
  source: 'where it came from',
  type: 'pull_request, or pull_request.merged',
  repo: 'owner/name',
  actor: 'who did it',
  state: 'what became of it',
  to: 'a destination',
  since: '30m, 2h, 7d, 2030-01-31',
  until: '30m, 2h, 7d, 2030-01-31',
};

/** The one line that asks. It works as a form; complete.js offers what may follow. */
export function filterLine(q: string, base: string, known: Known, events: readonly EventSummary[]): Html {
  const state = readFilter(q, 0).filter.state ?? null;
  return html`<search><form class="filter" action="${base}/" method="get">
      <label class="unseen" for="q">Filter events</label>
      <div class="box"><input type="search" id="q" name="q" value="${q}" maxlength="500" spellcheck="false" autocomplete="off" autocapitalize="off"
        placeholder="source: type: repo: actor: state: to: since:  and words" data-complete="${JSON.stringify(offers(known, events))}" /></div>
      <button>Filter</button>
    </form>
    <ul class="chips" aria-label="By state">${chip('all', withKey(q, 'state', null), state === null, base)}${STATES_SHOWN.map(
      (each) => chip(STANDINGS[each].word, withKey(q, 'state', each), each === state, base),
    )}</ul></search>`;
}

function chip(word: string, q: string, isOn: boolean, base: string): Html {
  return html`<li><a href="${base}/${query({ q })}" ${isOn ? html`aria-current="true"` : ''}>${word}</a></li>`;
}

/** What can be typed: no endless words, and nothing that shows otherwise than it is. */
function isPlain(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== '' && text.length <= 100 && visible(text) === text;
}

/** What may stand behind each key, as far as this page knows. */
function offers(known: Known, events: readonly EventSummary[]) {
  const seen = (of: (event: EventSummary) => string | null | undefined) =>
    [...new Set(events.map(of).filter(isPlain))].toSorted().slice(0, 30);
  const values: Readonly<Record<(typeof FILTER_KEYS)[number], readonly string[]>> = {
    source: known.sources,
    type: [...new Set([...seen(({ type }) => type), ...seen(kindOf)])].toSorted(),
    repo: seen(({ repo }) => repo),
    actor: seen(({ actor }) => actor),
    state: STATES,
    to: [
      ...new Set([
        ...known.destinations,
        ...events.flatMap((each) => (each.destinations ?? []).map(({ destination }) => destination)).filter(isPlain),
      ]),
    ].toSorted(),
    since: ['15m', '1h', '6h', '24h', '7d'],
    until: ['15m', '1h', '24h'],
  };
  return FILTER_KEYS.map((key) => ({ key, hint: HINTS[key], values: values[key] }));
}
