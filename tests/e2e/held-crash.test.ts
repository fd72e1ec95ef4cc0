import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/shared/clock.ts';
import { type EndpointDouble, startEndpointDouble } from '../doubles/endpoint-double.ts';
import { configure, dataDir, expireLeases, openInbox, records, stored } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { beginInProcess, serverInProcess } from '../support/in-process.ts';
import { runTidings } from '../support/tidings-process.ts';

const ISSUES = 30;
const SETTLED_MS = 10 * 60_000;
const REPOSITORY = { full_name: 'acme/api', html_url: 'https://github.com/acme/api' };

function issue(n: number, action: 'opened' | 'labeled') {
  const labels = action === 'labeled' ? [{ name: 'bug' }] : [];
  const said = { number: n, title: `Issue ${n}`, html_url: `https://github.com/acme/api/issues/${n}`, labels };
  return delivery('issues', { action, issue: said, repository: REPOSITORY, sender: { login: 'mona' } });
}

const told = ({ told }: EndpointDouble) => told.map(({ title }) => title).toSorted();

test('kill -9 while events settle, twice: each that was labelled in time is told once, and no other', async () => {
  await using dir = await dataDir();
  await using endpoint = await startEndpointDouble();
  await configure(dir.path, {
    destinations: { hook: { type: 'http', url: endpoint.url } },
    rules: [{ on: { issues: { types: ['opened'], labels: ['bug'] } }, settle: '10m' }],
  });
  const bugs = Array.from({ length: ISSUES }, (_, n) => n).filter((n) => n % 2 === 0);

  await using receiver = await serverInProcess('receive', dir.path);
  await using inbox = await openInbox(dir.path);
  const send = async (n: number, action: 'opened' | 'labeled') =>
    assert.equal((await deliver(receiver.url, issue(n, action))).status, 200);

  // Put aside by a worker that is killed.
  for (let n = 0; n < ISSUES; n++) await send(n, 'opened');
  await using first = await runTidings(['work'], dir.path);
  await stored(inbox, (all) => all.every(({ settlesAt }) => settlesAt !== null));
  await first.kill();
  await expireLeases(inbox);
  // Labelled while nobody decides. The next worker is killed as soon as it decides anything.
  for (const n of bugs) await send(n, 'labeled');
  await using second = await runTidings(['work'], dir.path);
  await stored(inbox, (all) => all.some(({ action, state }) => action === 'labeled' && state === 'skipped'));
  await second.kill();
  await expireLeases(inbox);
  await using _third = await beginInProcess(['work'], dir.path);
  await stored(inbox, (all) => all.filter(({ action }) => action === 'labeled').length === bugs.length);
  // Ten minutes later: however slow the machine is, nothing was due before.
  await inbox.bringBack(systemClock.now() + SETTLED_MS);
  await stored(inbox, (all) => all.every(({ state }) => state !== 'pending'));
  await stored(inbox, (all) =>
    all.flatMap(({ notifications }) => notifications).every(({ state }) => state === 'sent'),
  );
  const all = await records(inbox);
  assert.deepEqual([...new Set(told(endpoint))], bugs.map((n) => `Issue ${n}`).toSorted());
  // Twice only what the second worker was killed over.
  const attempts = all.flatMap(({ notifications }) => notifications.flatMap((each) => each.attempts));
  const uncertain = attempts.filter(({ outcome }) => outcome === 'unknown').length;
  assert.ok(endpoint.told.length - bugs.length <= uncertain);
  const opened = all.filter(({ action }) => action === 'opened');
  assert.deepEqual(
    opened.map(({ state, id }) => `${id} ${state}`),
    opened.map(({ id }) => `${id} ${(id - 1) % 2 === 0 ? 'routed' : 'skipped'}`),
  );
});
