import { sample } from '../../src/sources/github/samples/sample.ts';
import { type Delivery, delivery } from './github.ts';

const NOW = Date.UTC(2026, 0, 1);

/** The nth sample of `name`, signed; no two bodies are alike. */
export function sampleDelivery(name: string, n: number, fields: Partial<Delivery> = {}): Delivery {
  const made = sample(name, { n, now: NOW + n * 1_000 });
  if (made === undefined) throw new Error(`no sample called ${name}`);
  return delivery(made.type, { ...made.payload, tests_n: n }, fields);
}

/** An opened issue of about 600 bytes: the load of tests that are not about payloads. */
export function issueOpened(n: number, title = `Issue ${n}`, fields: Partial<Delivery> = {}): Delivery {
  const repository = { full_name: 'acme/api', html_url: 'https://github.com/acme/api' };
  const sender = { login: 'mona', html_url: 'https://github.com/mona', type: 'User' };
  const issue = {
    number: n,
    title,
    html_url: `https://github.com/acme/api/issues/${n}`,
    body: `It happens every ${n} days.`,
    labels: [],
    user: sender,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  };
  return delivery('issues', { action: 'opened', issue, repository, sender }, fields);
}
