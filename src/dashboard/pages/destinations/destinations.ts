import { html } from 'hono/html';
import type { Changed, Drained, Lane, Lanes, TestSent } from '../../../http/api/answers/lanes.ts';
import { plural } from '../../../shared/time-words.ts';
import { act, ask, type Said } from '../../ask.ts';
import { notGenuine, show, showFailure, statusOf } from '../../layout.ts';
import type { PageApp, PageContext } from '../../page-env.ts';
import { flashed, goOn } from '../../parts/flash.ts';
import { csrfField, readForm, textOf } from '../../parts/form.ts';
import { type Html, NOTHING, theirs } from '../../parts/html.ts';
import { empty, notice } from '../../parts/notice.ts';
import { timeAgo } from '../../parts/time.ts';
import { anchorOf, laneCard, pathOf } from './lane-card.ts';

const RANKS: Readonly<Record<Lane['mood'], number>> = { bad: 0, busy: 1, good: 2, quiet: 3 };

/** Each destination: what waits for it, what is wrong there, and what to do. */
export function addDestinations(app: PageApp): void {
  app.get('/destinations', async (c) => {
    const lanes = await ask<Lanes>(c.env.visit, '/lanes');
    if (!lanes.ok) return showFailure(c, 'Destinations', lanes);
    return page(c, lanes.value);
  });
  app.get('/destinations/:name/drain', (c) => drainPlan(c));
  app.post('/destinations/:name/drain', (c) =>
    change<Drained>(
      c,
      'drain',
      () => ({ dry_run: false }),
      ({ says }) => ({ mood: 'good', says }),
    ),
  );
  app.post('/destinations/:name/pause', (c) =>
    change<Changed>(c, 'pause', (form) => (textOf(form, 'for') === '' ? {} : { for: textOf(form, 'for') }), changed),
  );
  app.post('/destinations/:name/resume', (c) => change<Changed>(c, 'resume', () => ({}), changed));
  app.post('/destinations/:name/test', (c) =>
    change<TestSent>(
      c,
      'test',
      () => ({}),
      ({ outcome, says }) => ({ mood: TEST_MOODS[outcome], says }),
    ),
  );
}

const TEST_MOODS = { sent: 'good', retry: 'busy', unknown: 'busy', rejected: 'bad', broken: 'bad' } as const;

type Flash = Parameters<typeof goOn>[2];

function changed({ changed: isChanged, says }: Changed): Flash {
  return { mood: isChanged ? 'good' : 'quiet', says };
}

/** Done by a form of this page's, and told on the page that it came from. */
async function change<T>(
  c: PageContext,
  what: string,
  body: (form: FormData) => object,
  flash: (value: T) => Flash,
): Promise<Response> {
  const form = await readForm(c);
  if (form === null) return notGenuine(c);
  const name = c.req.param('name') ?? '';
  const done: Said<T> = await act<T>(c.env.visit, `/lanes/${encodeURIComponent(name)}/${what}`, body(form));
  if (!done.ok) return showFailure(c, name, done);
  const back = textOf(form, 'back') === 'problems' ? '/problems' : `/destinations#${anchorOf(name)}`;
  return goOn(c, back, flash(done.value));
}

async function page(c: PageContext, { lanes, undecided }: Lanes): Promise<Response> {
  const { visit } = c.env;
  const now = c.get('now');
  const invocation = (await statusOf(visit))?.invocation ?? 'npx tidings';
  const sorted = lanes.toSorted((a, b) => RANKS[a.mood] - RANKS[b.mood]);
  const body = html`<h1>Destinations</h1>
    <p class="lead">${lead(lanes)}</p>
    ${flashed(c)}
    ${waitsForRules(undecided, now)}
    ${
      lanes.length === 0
        ? empty('There is no destination here.', html`<p><a href="${visit.base}/setup">Connect one</a></p>`)
        : sorted.map((lane) => laneCard(lane, { visit, now, invocation }))
    }
    <p class="muted aside"><a href="${visit.base}/audit">What people changed, and when</a></p>`;
  return show(c, { title: 'Destinations', here: 'Destinations', command: 'destinations', body, modules: ['operate'] });
}

/** `3 destinations. 37 messages wait.` */
function lead(lanes: readonly Lane[]): string {
  const waiting = lanes.reduce((sum, lane) => sum + lane.waiting, 0);
  const wait = waiting === 1 ? '1 message waits' : `${plural(waiting, 'message')} wait`;
  return `${plural(lanes.length, 'destination')}. ${waiting === 0 ? 'Nothing waits' : wait}.`;
}

function waitsForRules({ waiting, oldest_received_at: oldest }: Lanes['undecided'], now: number): Html {
  if (waiting === 0) return NOTHING;
  const since = oldest === null ? '' : html` The oldest came ${timeAgo(oldest, now)}.`;
  const title = `${plural(waiting, 'event')} ${waiting === 1 ? 'is' : 'are'} not decided yet`;
  return notice('busy', title, html`Rules have not been asked who is to be told.${since}`);
}

/** How many would be given up, before any is. */
async function drainPlan(c: PageContext): Promise<Response> {
  const { visit } = c.env;
  const name = c.req.param('name') ?? '';
  const planned = await act<Drained>(visit, `/lanes/${encodeURIComponent(name)}/drain`, { dry_run: true });
  if (!planned.ok) return showFailure(c, 'Give up what waits', planned);
  const { count, says } = planned.value;
  const many = plural(count, 'message');
  const body =
    count === 0
      ? html`<h1>${theirs(name)}</h1>${empty('Nothing waits there.', html`<p><a href="${visit.base}/destinations">Back to the destinations</a></p>`)}`
      : html`<h1>Give up ${many} for ${theirs(name)}?</h1>
        <p class="lead">${says}</p>
        <p>${count === 1 ? 'The event stays in the inbox, and' : 'The events stay in the inbox, and each'} can be replayed. What arrives from now on is told as ever.</p>
        <form method="post" action="${visit.base}${pathOf(name, 'drain')}" class="row">${csrfField(visit)}<button class="danger">Give up ${many}</button><a class="button" href="${visit.base}/destinations">Cancel</a></form>`;
  return show(c, {
    title: `Give up what waits for ${name}`,
    here: 'Destinations',
    command: `drain --dry-run ${name}`,
    body,
    modules: ['operate'],
  });
}
