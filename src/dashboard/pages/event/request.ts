import { html } from 'hono/html';
import type { EventRecord, Explanation } from '../../../http/api/answers/events.ts';
import type { Visit } from '../../../http/visit.ts';
import { plural } from '../../../shared/time-words.ts';
import { command } from '../../parts/command.ts';
import { cut, type Html, theirs, visible } from '../../parts/html.ts';
import { notice } from '../../parts/notice.ts';
import { exactly } from '../../parts/time.ts';
import { payloadTree, readPayload } from './tree.ts';

/** As much of a raw body as a page shows. */
const MOST_RAW = 200_000;

/** What came in: headers, payload as a tree and as it was, and how to send it again by hand. */
export function request(visit: Visit, record: EventRecord, explanation: Explanation | null, isRaw: boolean): Html {
  return html`<section aria-labelledby="request"><h2 id="request">What came in</h2>
    ${payload(visit, record, isRaw)}
    <details class="card fold"><summary><h3>Headers</h3></summary>${headers(record)}</details>
    <details class="card fold"><summary><h3>Details</h3></summary>${particulars(record)}</details>
    ${explanation === null ? '' : again(explanation)}
  </section>`;
}

function payload({ base }: Visit, record: EventRecord, isRaw: boolean): Html {
  const { id, body, body_bytes, damage } = record;
  if (body === null) {
    return damage === undefined
      ? notice(
          'quiet',
          'The payload is gone.',
          'Bodies are kept for as long as retention says. Why it was told, or was not, is kept longer.',
        )
      : notice('bad', 'The payload cannot be read.', theirs(damage));
  }
  const read = readPayload(body);
  const bytes = `${body_bytes.toLocaleString('en-US')} bytes`;
  const other = isRaw
    ? html`<a href="${base}/events/${id}#request">As a tree</a>`
    : html`<a href="${base}/events/${id}?raw=1#request">Raw payload</a>`;
  const download = html`<a href="${base}/api/v1/events/${id}/payload" download="event-${id}">Download</a>`;
  const tools = html`<div class="row tools"><h3>Payload</h3><span class="muted">${bytes}</span><span class="end row">${read.isJson ? other : ''} ${download}</span></div>`;
  if (!read.isJson || isRaw) {
    const text = cut(body, MOST_RAW);
    const why = read.isJson ? '' : html`<p class="muted">${read.why}</p>`;
    const isCut =
      text.length < body.length
        ? html`<p class="muted">The first ${MOST_RAW.toLocaleString('en-US')} characters are shown.</p>`
        : '';
    return html`<div class="card payload">${tools}${why}${isCut}<pre class="raw" tabindex="0" aria-label="Payload">${visible(text)}</pre></div>`;
  }
  return html`<div class="card payload" data-payload>${tools}${payloadTree(read.value)}</div>`;
}

function headers({ headers: all }: EventRecord): Html {
  if (all === null) return html`<p class="muted">The headers are gone.</p>`;
  return html`<dl class="facts mono">${Object.entries(all).map(([name, value]) => html`<dt>${theirs(name)}</dt><dd>${theirs(cut(value, 1_000))}</dd>`)}</dl>`;
}

function particulars(record: EventRecord): Html {
  const facts: readonly (readonly [string, string | number | null])[] = [
    ['Delivery', record.delivery_id],
    ['GUID', record.guid],
    ['Came by', cameBy(record)],
    ['Received', exactly(record.received_at)],
    ['Stored', exactly(record.stored_at)],
    ['Decided', record.expanded_at === null ? null : exactly(record.expanded_at)],
    ['Settles until', record.settles_at === null ? null : exactly(record.settles_at)],
    ['Replayed', record.replays === 0 ? null : plural(record.replays, 'time')],
    ['Looks like', record.suspect_of === null ? null : `event ${record.suspect_of}`],
    ['Digest', record.body_digest],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => (value === null ? '' : html`<dt>${name}</dt><dd>${theirs(String(value))}</dd>`))}</dl>`;
}

function cameBy({ origin, secret_no }: EventRecord): string {
  switch (origin) {
    case 'webhook':
      return secret_no === 0 ? 'the connection of its source' : `webhook, verified by secret ${secret_no}`;
    case 'poll':
      return 'poll';
    case 'recovered':
      return 'missed, and fetched afterwards';
  }
}

function again({ commands }: Explanation): Html {
  const curl = commands.curl === null ? '' : html`<dt>Send it again by hand</dt><dd>${command(commands.curl)}</dd>`;
  return html`<dl class="facts commands card"><dt>Explain it in a terminal</dt><dd>${command(commands.explain)}</dd><dt>Replay it</dt><dd>${command(commands.replay)}</dd>${curl}</dl>`;
}
