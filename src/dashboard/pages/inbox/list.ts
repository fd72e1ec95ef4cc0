import { html } from 'hono/html';
import type { EventSummary } from '../../../http/api/answers/events.ts';
import type { Visit } from '../../../http/visit.ts';
import { query } from '../../ask.ts';
import { command } from '../../parts/command.ts';
import type { Html } from '../../parts/html.ts';
import { empty } from '../../parts/notice.ts';
import { replayPath } from '../../parts/replay-link.ts';
import { STANDINGS } from '../../parts/standing.ts';
import type { InboxFilter } from './filter.ts';
import { eventRow, eventTable } from './rows.ts';

/** `MOST_ROWS` of list.js. */
export const PAGE_SIZE = 50;

export interface ListPage {
  readonly events: readonly EventSummary[];
  /** `before` of the next page, `after` of the one before. Null: there is none. */
  readonly older: number | null;
  readonly newer: number | null;
  readonly isFirst: boolean;
}

export interface ListAround {
  readonly visit: Visit;
  readonly q: string;
  readonly now: number;
  readonly filter: InboxFilter;
  readonly invocation: string;
}

/** The list with what can be done with it. The first page is live: new events come in at its top. */
export function list(page: ListPage, around: ListAround): Html {
  const { visit, q, now } = around;
  const canPick = visit.caller.role === 'admin';
  const rows = { base: visit.base, q, now };
  const isEmpty = page.events.length === 0;
  const body = html`<div class="table">${eventTable(page.events, rows, canPick)}${isEmpty ? nothingHere(around, page.isFirst) : ''}${canPick ? acts(around, isEmpty) : ''}</div>`;
  return html`<section class="inbox" aria-label="Events" data-q="${q}" ${page.isFirst ? addresses(page, around) : ''}>
    ${liveLine(page, visit.base, q)}
    ${canPick ? html`<form action="${visit.base}/replay" method="get" id="picked">${body}</form>` : body}
    ${pages(page, visit.base, q)}
    <template id="row" data-standings="${JSON.stringify(STANDINGS)}">${eventRow(BLANK, rows, canPick)}</template>
  </section>`;
}

/** What its module asks. */
function addresses({ events: [first] }: ListPage, { visit, filter }: ListAround): Html {
  const rows = `${visit.base}/api/v1/events`;
  const newest = query({ ...filter, limit: PAGE_SIZE });
  const stream = query({ ...filter, after: first?.id ?? 0 });
  return html`data-stream="${rows}/stream${stream}" data-newest="${rows}${newest}"`;
}

const BLANK: EventSummary = {
  id: 0,
  source: '',
  type: '',
  action: null,
  delivery_id: '',
  repo: null,
  actor: null,
  about: '',
  state: 'pending',
  reason: null,
  fates: { told: 0, waiting: 0, held: 0, unknown: 0, dead: 0 },
  destinations: [],
  received_at: '1970-01-01T00:00:00.000Z',
};

/** Always as tall: what is said here moves nothing. */
function liveLine({ isFirst }: ListPage, base: string, q: string): Html {
  if (!isFirst) return html`<p class="live"><a href="${base}/${query({ q })}">Back to the newest</a></p>`;
  return html`<p class="live"><span data-live></span><button type="button" class="news" data-news hidden></button></p>`;
}

function acts({ filter, q, visit }: ListAround, isEmpty: boolean): Html {
  if (isEmpty) return html``;
  const isFiltered = Object.keys(filter).length > 0;
  const all = html`<a class="button" href="${visit.base}${replayPath({ q })}">Replay all that match…</a>`;
  return html`<div class="acts"><span class="picked" data-picked>Select events to replay them.</span><button data-replay>Replay selected…</button>${isFiltered ? all : ''}</div>`;
}

function nothingHere({ filter, invocation, visit }: ListAround, isFirst: boolean): Html {
  if (!isFirst) return empty('That was the last page.', html`<p><a href="${visit.base}/">Back to the newest</a></p>`);
  if (Object.keys(filter).length > 0)
    return empty('Nothing matches.', html`<p><a href="${visit.base}/">Show everything</a></p>`);
  return empty(
    'Nothing has arrived yet.',
    html`<p>Send a sample, and watch it come in:</p><p>${command(`${invocation} send pull_request.opened`)}</p><p>Or <a href="${visit.base}/setup">connect what sends webhooks</a>.</p>`,
  );
}

function pages({ older, newer }: ListPage, base: string, q: string): Html {
  if (older === null && newer === null) return html``;
  const newerLink = newer === null ? '' : html`<a href="${base}/${query({ q, after: newer })}" rel="prev">← Newer</a>`;
  const olderLink =
    older === null ? '' : html`<a class="end" href="${base}/${query({ q, before: older })}" rel="next">Older →</a>`;
  return html`<nav class="pages row" aria-label="Pages of events">${newerLink}${olderLink}</nav>`;
}
