import type { Measure } from '../measure.ts';
import { timeOf } from './asking.ts';

const BAR = { atMost: 100 } as const;

/** How long the server takes for what is asked of the Inbox. */
export async function pageTimes(base: string, where: string): Promise<Measure[]> {
  const questions = {
    'Inbox, 50 events': '/',
    'Inbox, 50 of one repository': '/?q=repo%3Aacme%2Fsvc-007',
    'Inbox, 50 by words': '/?q=uploads',
    Destinations: '/destinations',
    Problems: '/problems',
    Rules: '/rules',
  };
  const measures: Measure[] = [];
  for (const [name, path] of Object.entries(questions)) {
    measures.push({ name: `${name} (${where})`, value: await timeOf(`${base}${path}`), unit: 'ms', bar: BAR });
  }
  const api = await timeOf(`${base}/api/v1/events?limit=50`, 'application/json');
  return [...measures, { name: `GET /api/v1/events, 50 (${where})`, value: api, unit: 'ms', bar: BAR }];
}
