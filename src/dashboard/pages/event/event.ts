import { html } from 'hono/html';
import type { EventPage, EventRecord, Explanation } from '../../../http/api/answers/events.ts';
import type { MessagePreviews } from '../../../http/api/answers/preview.ts';
import type { Visit } from '../../../http/visit.ts';
import { ask, askOrNull, query, type Said } from '../../ask.ts';
import { show, showFailure } from '../../layout.ts';
import type { PageApp, PageContext } from '../../page-env.ts';
import { cut, type Html, theirs } from '../../parts/html.ts';
import { linkOut, safeUrl } from '../../parts/link.ts';
import { replayPath } from '../../parts/replay-link.ts';
import { STANDINGS, standingOf } from '../../parts/standing.ts';
import { timeAgo } from '../../parts/time.ts';
import { readFilter } from '../inbox/filter.ts';
import { kindOf, titleOf } from '../inbox/rows.ts';
import { attempts } from './attempts.ts';
import { decision } from './decision.ts';
import { messages } from './messages.ts';
import { request } from './request.ts';
import { story } from './story.ts';

/** One event: why it was told, or was not, and what it held. */
export function addEvent(app: PageApp): void {
  app.get('/events/:id{[0-9]{1,15}}', (c) => showEvent(c));
  // `/events/42` is linked from messages; a mistyped one should not end in nothing.
  app.get('/events', (c) => c.redirect(`${c.env.visit.base}/`, 303));
}

async function showEvent(c: PageContext): Promise<Response> {
  const { visit } = c.env;
  const id = Number(c.req.param('id'));
  const q = (c.req.query('q') ?? '').trim();
  const [record, explanation, previews, around] = await Promise.all([
    ask<EventRecord>(visit, `/events/${id}`),
    askOrNull<Explanation>(visit, `/events/${id}/explanation`),
    ask<MessagePreviews>(visit, `/events/${id}/preview`),
    neighbours(visit, id, q, c.get('now')),
  ]);
  if (!record.ok) return showFailure(c, `Event ${id}`, record);
  const body = html`<article class="event">
    ${head(visit, record.value, explanation, around, q, c.get('now'))}
    ${story(record.value, explanation)}
    ${explanation === null ? '' : decision(explanation)}
    ${messages(visit, record.value, explanation, shown(previews))}
    ${attempts(record.value)}
    ${request(visit, record.value, explanation, c.req.query('raw') !== undefined)}
  </article>`;
  return show(c, { title: titleOf(record.value), here: 'Inbox', command: `explain ${id}`, body, modules: ['event'] });
}

function shown(previews: Said<MessagePreviews>): MessagePreviews | null {
  return previews.ok ? previews.value : null;
}

interface Neighbours {
  readonly newer: number | null;
  readonly older: number | null;
}

/** Of what the same line finds in the inbox. */
async function neighbours(visit: Visit, id: number, q: string, now: number): Promise<Neighbours> {
  const { filter } = readFilter(q, now);
  const next = async (where: { readonly after?: number; readonly before?: number }) =>
    (await askOrNull<EventPage>(visit, `/events${query({ ...filter, ...where, limit: 1 })}`))?.events[0]?.id ?? null;
  const [newer, older] = await Promise.all([next({ after: id }), next({ before: id })]);
  return { newer, older };
}

function head(
  visit: Visit,
  record: EventRecord,
  explanation: Explanation | null,
  { newer, older }: Neighbours,
  q: string,
  now: number,
): Html {
  const { base } = visit;
  const { mood, word, sign } = STANDINGS[standingOf(record)];
  const to = (id: number) => `${base}/events/${id}${query({ q })}`;
  const said = cut(explanation?.said ?? titleOf(record), 400);
  const isLinked = safeUrl(explanation?.url) !== null;
  return html`<header class="head">
    <nav class="row trail" aria-label="Around it"><a href="${base}/${query({ q })}">← Inbox</a><span class="end">${
      newer === null ? '' : html`<a href="${to(newer)}" data-newer>Newer</a>`
    }${older === null ? '' : html`<a href="${to(older)}" data-older>Older</a>`}</span></nav>
    <p class="over"><span class="mood ${mood} badge"><span class="sign" aria-hidden="true">${sign}</span>${word}</span>
      <code>${theirs(kindOf(record))}</code><span>${theirs(record.source)}</span>${record.repo === null ? '' : html`<span>${theirs(record.repo)}</span>`}
      <span>${timeAgo(record.received_at, now)}</span><span>event ${record.id}</span></p>
    <h1>${isLinked ? linkOut(explanation?.url, said) : theirs(said)}</h1>
    <p class="verdict">${theirs(explanation?.verdict ?? record.reason ?? '')}</p>
    ${visit.caller.role === 'admin' && record.body !== null ? html`<p class="row"><a class="button" data-replay href="${base}${replayPath({ ids: [record.id] })}">Replay…</a></p>` : ''}
  </header>`;
}
