import { html } from 'hono/html';
import type { Replay, ReplayPlan, Selection } from '../../../http/api/answers/replays.ts';
import { plural } from '../../../shared/time-words.ts';
import { act } from '../../ask.ts';
import { notGenuine, show, showFailure } from '../../layout.ts';
import type { PageApp, PageContext } from '../../page-env.ts';
import { csrfField, readForm } from '../../parts/form.ts';
import { type Html, theirs } from '../../parts/html.ts';
import { empty, notice } from '../../parts/notice.ts';
import { readFilter, withKey } from '../inbox/filter.ts';
import { eventTable } from '../inbox/rows.ts';

/** What would be replayed, and how many, before anything is: then one button. */
export function addReplay(app: PageApp): void {
  app.get('/replay', (c) => plan(c, new URL(c.req.url).searchParams));
  app.post('/replay', async (c) => {
    const form = await readForm(c);
    if (form === null) return notGenuine(c);
    const given = new URLSearchParams();
    for (const [name, value] of form) if (name !== 'csrf' && typeof value === 'string') given.append(name, value);
    const wish = selectionOf(given, c.get('now'));
    if (wish === null) return nothingNamed(c);
    const started = await act<Replay>(c.env.visit, '/replays', { selection: wish, dry_run: false });
    if (!started.ok) return showFailure(c, 'Not replayed', started);
    return c.redirect(`${c.env.visit.base}/replays/${encodeURIComponent(started.value.id)}`, 303);
  });
}

async function plan(c: PageContext, given: URLSearchParams): Promise<Response> {
  const { visit } = c.env;
  const selection = selectionOf(given, c.get('now'));
  if (selection === null) return nothingNamed(c);
  const planned = await act<ReplayPlan>(visit, '/replays', { selection, dry_run: true });
  if (!planned.ok) return showFailure(c, 'Replay', planned);
  const { count, is_more, gone, says, sample, command } = planned.value;
  const many = `${is_more ? 'more than ' : ''}${plural(count, 'event')}`;
  const left =
    gone > 0
      ? notice('busy', `${plural(gone, 'event')} left out`, 'Bodies are gone: retention says how long they are kept.')
      : '';
  const body =
    count === 0
      ? html`<h1>Replay</h1>${left}${empty('There is nothing to replay.', html`<p><a href="${visit.base}/">Back to the inbox</a></p>`)}`
      : html`<h1>Replay ${many}?</h1><p class="lead">${theirs(says)}</p>${left}
        ${goForm(c, given, `Replay ${many}`)}
        <h2>${count > sample.length ? `The first ${sample.length}` : 'Events'}</h2>
        <div class="table">${eventTable(sample, { base: visit.base, q: '', now: c.get('now') }, false)}</div>`;
  return show(c, { title: 'Replay', here: 'Inbox', command, body, modules: ['inbox'] });
}

/** Of fields: another, such as `action`, would stand in the form's own way. */
const NAMES: ReadonlySet<string> = new Set(['id', 'ids', 'all', 'q', 'untold', 'destination', 'cause']);

function goForm(c: PageContext, given: URLSearchParams, label: string): Html {
  const { visit } = c.env;
  const known = [...pinned(given, c.get('now'))].filter(([name]) => NAMES.has(name));
  const fields = known.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  return html`<form method="post" action="${visit.base}/replay" class="row">${csrfField(visit)}${fields}<button class="main">${label}</button><a class="button" href="${visit.base}/">Cancel</a></form>`;
}

/** `since:2h`, and no end, count from the plan: what came in between it and the click was in nobody's count. */
function pinned(given: URLSearchParams, now: number): URLSearchParams {
  const q = given.get('q');
  if (given.get('all') === null || q === null) return given;
  const { since, until = new Date(now).toISOString() } = readFilter(q, now).filter;
  const from = since === undefined ? q : withKey(q, 'since', since);
  return new URLSearchParams({ all: '1', q: withKey(from, 'until', until) });
}

function nothingNamed(c: PageContext): Promise<Response> {
  const next = html`<p>Select events in the <a href="${c.env.visit.base}/">inbox</a> first.</p>`;
  return show(c, {
    title: 'Replay',
    here: 'Inbox',
    command: 'replay --dry-run 42',
    status: 400,
    body: html`<h1>Replay</h1>${empty('No event is selected.', next)}`,
  });
}

/** As parts/replay-link.ts writes it, and as the inbox's form does: `id` once for each. Null: nothing that can be read. */
function selectionOf(given: URLSearchParams, now: number): Selection | null {
  const untold = given.get('untold');
  if (untold === 'dead' || untold === 'unknown') {
    const [destination, cause] = [given.get('destination'), given.get('cause')];
    return { messages: { state: untold, ...(destination && { destination }), ...(cause && { cause }) } };
  }
  if (given.get('all') !== null) {
    const { filter, problems } = readFilter(given.get('q') ?? '', now);
    return problems.length > 0 ? null : { filter: filter as Extract<Selection, { filter: unknown }>['filter'] };
  }
  const ids = [...(given.get('ids')?.split(',') ?? []), ...given.getAll('id')];
  const numbers = [...new Set(ids.filter((each) => /^[0-9]{1,15}$/.test(each)).map(Number))].filter((each) => each > 0);
  return numbers.length === 0 ? null : { ids: numbers.slice(0, 500) };
}
