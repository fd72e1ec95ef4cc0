import { html } from 'hono/html';
import type { Counts } from '../../../http/api/answers/counts.ts';
import type { EventPage } from '../../../http/api/answers/events.ts';
import type { SourceList } from '../../../http/api/answers/setup.ts';
import type { Visit } from '../../../http/visit.ts';
import { ask, askOrNull, query, type Said } from '../../ask.ts';
import { show, statusOf } from '../../layout.ts';
import type { PageApp, PageContext } from '../../page-env.ts';
import type { Html } from '../../parts/html.ts';
import { notice } from '../../parts/notice.ts';
import { commandOf, readFilter } from './filter.ts';
import { filterLine } from './filter-line.ts';
import { type ListPage, list, PAGE_SIZE } from './list.ts';
import { shownHours, strip } from './strip.ts';

/** What arrived, newest first, and what became of it. */
export function addInbox(app: PageApp): void {
  app.get('/', (c) => showInbox(c));
}

async function showInbox(c: PageContext): Promise<Response> {
  const { visit } = c.env;
  const now = c.get('now');
  const q = (c.req.query('q') ?? '').trim();
  const read = readFilter(q, now);
  const [page, counts, sources, status] = await Promise.all([
    read.problems.length === 0 ? pageOf(visit, c, read.filter) : null,
    askOrNull<Counts>(visit, `/counts${query(shownHours(now))}`),
    askOrNull<SourceList>(visit, '/sources'),
    statusOf(visit),
  ]);
  const known = {
    sources: sources?.sources.map(({ name }) => name) ?? [],
    destinations: Object.keys(counts?.by_destination ?? {}),
  };
  const body = html`<h1 class="unseen">Inbox</h1>
    ${strip(status, counts, visit.base, now)}
    ${filterLine(q, visit.base, known, page?.ok === true ? page.value.events : [])}
    ${read.problems.map((problem) => notice('bad', problem))}
    ${read.notes.map((note) => notice('quiet', note))}
    ${page === null ? '' : listOrWhy(page, { visit, q, now, filter: read.filter, invocation: status?.invocation ?? 'npx tidings' })}`;
  return show(c, { title: 'Inbox', here: 'Inbox', command: commandOf(read.filter), body, modules: ['inbox'] });
}

function listOrWhy(page: Said<ListPage>, around: Parameters<typeof list>[1]): Html {
  return page.ok ? list(page.value, around) : notice('bad', 'The events cannot be shown.', page.message);
}

/** Newest first, whichever way the reader came to it. */
async function pageOf(visit: Visit, c: PageContext, filter: object): Promise<Said<ListPage>> {
  const before = cursor(c.req.query('before'));
  const after = before === null ? cursor(c.req.query('after')) : null;
  const answer = await ask<EventPage>(visit, `/events${query({ ...filter, before, after, limit: PAGE_SIZE })}`);
  if (!answer.ok) return answer;
  const { events, next } = answer.value;
  if (after === null) {
    const newer = before === null ? null : (events[0]?.id ?? before - 1);
    return { ok: true, value: { events, older: next, newer, isFirst: before === null } };
  }
  const isFirst = next === null;
  const newestFirst = events.toReversed();
  return {
    ok: true,
    value: { events: newestFirst, older: newestFirst.at(-1)?.id ?? after + 1, newer: isFirst ? null : next, isFirst },
  };
}

function cursor(text: string | undefined): number | null {
  return text !== undefined && /^[0-9]{1,15}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}
