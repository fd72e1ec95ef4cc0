import type { Measure } from '../measure.ts';
import { ask, timeOf } from './asking.ts';
import { DEAD_LANE, WAITING_LANE } from './trouble.ts';

const BAR = { atMost: 100 } as const;

const inbox = (q: string) => `/?${new URLSearchParams({ q }).toString()}`;

/** What people ask of the Inbox: common, rare, and what never comes together. */
const LINES = {
  'of one repository': 'repo:acme/svc-007',
  'by a common word': 'uploads',
  'by three words': 'uploads part 77',
  'by a person': 'actor:user-7',
  'of a repository, by a word': 'repo:acme/svc-007 fail',
  'of a type': 'type:issues',
  told: 'state:told',
  dead: 'state:dead',
  waiting: 'state:waiting',
  'that failed, none': 'state:failed',
  'told somewhere': 'to:team',
  'told somewhere, of a repository': 'to:team repo:acme/svc-007',
  'told somewhere, by a word': 'to:team uploads',
  'told somewhere and skipped, none': 'to:team state:skipped',
  'dead somewhere': `to:${DEAD_LANE} state:dead`,
  'waiting somewhere': `to:${WAITING_LANE} state:waiting`,
  'of the last hour': 'since:1h',
  'of an hour of last week': 'since:7d until:167h',
} as const;

const PAGES = {
  Inbox: '/',
  Destinations: '/destinations',
  Problems: '/problems',
  Rules: '/rules',
  'Set up': '/setup',
  Audit: '/audit',
  'The plan to replay what is dead': '/replay?untold=dead',
  'The plan to replay a repository': `/replay?${new URLSearchParams({ all: '1', q: 'repo:acme/svc-007' }).toString()}`,
} as const;

const ROWS = [
  '/events?limit=50',
  '/events?after=1&limit=50',
  '/status',
  '/counts',
  '/lanes',
  '/problems',
  '/sources',
  '/setup',
  '/rules',
  '/audit',
] as const;

/** How long the server takes for every page, for what people ask of the Inbox, and for the rows of the API that pages ask. */
export async function pageTimes(base: string, where: string): Promise<Measure[]> {
  const event = await newest(base);
  const paths = {
    ...PAGES,
    ...Object.fromEntries(Object.entries(LINES).map(([name, q]) => [`Inbox, ${name}`, inbox(q)])),
    ...(event === null
      ? {}
      : { Event: `/events/${event}`, 'Event, found by state:dead': `/events/${event}?q=state%3Adead` }),
  };
  const measures: Measure[] = [];
  const add = async (name: string, path: string, accept: string) =>
    void measures.push({
      name: `${name} (${where})`,
      value: await timeOf(`${base}${path}`, accept),
      unit: 'ms',
      bar: BAR,
    });
  for (const [name, path] of Object.entries(paths)) await add(name, path, 'text/html');
  for (const path of ROWS) await add(`GET ${path}`, `/api/v1${path}`, 'application/json');
  return measures;
}

async function newest(base: string): Promise<number | null> {
  const { text } = await ask(`${base}/api/v1/events?limit=1`, { accept: 'application/json' });
  const { events } = JSON.parse(text) as { readonly events: readonly { readonly id: number }[] };
  return events[0]?.id ?? null;
}
