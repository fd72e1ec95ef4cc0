import { html } from 'hono/html';
import type { Mood } from '../../../http/api/answers/common.ts';
import type { Replay } from '../../../http/api/answers/replays.ts';
import { lasting } from '../../../shared/time-words.ts';
import { act, ask } from '../../ask.ts';
import { notGenuine, show, showFailure } from '../../layout.ts';
import type { PageApp, PageContext } from '../../page-env.ts';
import { flashed, goOn } from '../../parts/flash.ts';
import { actButton, readForm } from '../../parts/form.ts';
import { type Html, NOTHING, theirs } from '../../parts/html.ts';
import { mood } from '../../parts/mood.ts';
import { timeAgo } from '../../parts/time.ts';

const WORDS: Readonly<Record<Replay['state'], readonly [title: string, how: Mood]>> = {
  running: ['Replaying', 'busy'],
  done: ['Replayed', 'good'],
  cancelled: ['Cancelled', 'quiet'],
  failed: ['Not everything was replayed', 'bad'],
  stopped: ['Stopped on the way', 'bad'],
};

/** How far a replay is. It goes on by itself: this page only looks, and may be left. */
export function addReplays(app: PageApp): void {
  app.get('/replays/:id', async (c) => {
    const replay = await ask<Replay>(c.env.visit, pathOf(c.req.param('id')));
    if (!replay.ok) return showFailure(c, 'Replay', replay);
    return page(c, replay.value);
  });
  app.post('/replays/:id/cancel', async (c) => {
    const form = await readForm(c);
    if (form === null) return notGenuine(c);
    const id = c.req.param('id');
    const done = await act<Replay>(c.env.visit, `${pathOf(id)}/cancel`, {});
    if (!done.ok) return showFailure(c, 'Not cancelled', done);
    return goOn(c, pathOf(id), { mood: 'quiet', says: done.value.says });
  });
}

function pathOf(id: string): string {
  return `/replays/${encodeURIComponent(id)}`;
}

function page(c: PageContext, replay: Replay): Promise<Response> {
  const { visit } = c.env;
  const [title] = WORDS[replay.state];
  const isRunning = replay.state === 'running';
  const body = html`<h1>${title}</h1>
    <p class="lead">${isRunning ? 'It goes on by itself, even if you leave this page.' : 'The page of each event says what came of it.'}</p>
    ${flashed(c)}
    <section class="card" ${isRunning ? html`data-replay="${visit.base}/api/v1${pathOf(replay.id)}"` : NOTHING}>${progress(replay, c)}</section>
    <div class="row">${isRunning ? actButton(visit, `${pathOf(replay.id)}/cancel`, 'Cancel') : NOTHING}<a class="button" href="${visit.base}/">To the inbox</a></div>
    ${isRunning ? html`<noscript><meta http-equiv="refresh" content="2" /></noscript>` : NOTHING}`;
  return show(c, { title, here: 'Inbox', command: null, body, modules: ['operate'] });
}

function progress(
  { id, state, total, done, says, by, started_at: started, ended_at: ended }: Replay,
  c: PageContext,
): Html {
  const now = c.get('now');
  const took = ended === null ? NOTHING : html`, took ${lasting(Date.parse(ended) - Date.parse(started))}`;
  return html`<p class="says" data-says>${mood(WORDS[state][1], says)}</p>
    <label class="progress"><span class="unseen">Replayed</span><progress max="${Math.max(1, total)}" value="${done}">${done} of ${total}</progress><span class="num"><span data-done>${done.toLocaleString('en-US')}</span> of ${total.toLocaleString('en-US')}</span></label>
    <p class="muted">Begun by ${theirs(by)} ${timeAgo(started, now)}${took}. <span class="mono">${id}</span></p>`;
}
