import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { EventRecord } from '../../src/model/inbox.ts';
import { type EndpointDouble, startEndpointDouble } from '../doubles/endpoint-double.ts';
import { type SlackDouble, startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir, drained, expireLeases, openInbox, records } from '../support/data-dir.ts';
import { issueOpened } from '../support/payloads.ts';
import { type Sent, startSenders } from '../support/senders.ts';
import { freePort, ready, runTidings, type TidingsProcess } from '../support/tidings-process.ts';

type Role = 'start' | 'receive' | 'work';

/** Which processes run, and who is killed in each round. */
interface Plan {
  readonly roles: readonly Role[];
  readonly victims: readonly (readonly Role[])[];
}

const TOGETHER: Plan = { roles: ['start'], victims: Array.from({ length: 10 }, () => ['start']) };
const VICTIMS: readonly (readonly Role[])[] = [['receive'], ['work'], ['receive', 'work'], ['work'], ['receive']];
const APART: Plan = { roles: ['receive', 'work'], victims: VICTIMS.flatMap((each) => [each, each]) };

for (const [name, plan] of [
  ['receiver and worker in one process', TOGETHER],
  ['receiver, worker, or both', APART],
] as const) {
  test(`kill -9 of ${name} in the middle of a load, ten times: what was acknowledged is stored once and told`, async (t) => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble({ enforceRate: false });
    await using endpoint = await startEndpointDouble();
    await configure(dir.path, {
      destinations: {
        audit: { type: 'http', url: endpoint.url },
        team: { type: 'slack', webhook_url: slack.webhookUrl(), per_second: 0 },
      },
      rules: [{ on: { issues: ['opened'] }, to: ['audit', 'team'] }],
    });
    const sent = await killUnderLoad(dir.path, plan, endpoint);
    await judge(t, dir.path, sent, endpoint, slack);
  });
}

async function killUnderLoad(
  path: string,
  { roles, victims }: Plan,
  endpoint: EndpointDouble,
): Promise<readonly Sent[]> {
  const env = { PORT: String(await freePort()), LOG_LEVEL: 'error' };
  const running = new Map<Role, TidingsProcess>();
  let up = Promise.withResolvers<void>();
  let acknowledged = 0;
  await using open = new AsyncDisposableStack();

  async function bringUp(): Promise<void> {
    const missing = roles.filter((role) => !running.has(role));
    await Promise.all(
      missing.map(async (role) => {
        const child = await runTidings([role], path, env);
        running.set(role, open.use(child));
        await (role === 'work' ? child.printed(/^Tidings/m) : ready(child, 'healthz'));
      }),
    );
    await using inbox = await openInbox(path);
    await expireLeases(inbox);
  }

  /** A light load: nobody sends more than so many between two crashes. */
  function pauseSenders(): void {
    up = Promise.withResolvers();
  }

  await bringUp();
  const url = `http://127.0.0.1:${env.PORT}`;
  const senders = startSenders(
    4,
    () => url,
    () => up.promise,
    (n) => issueOpened(n),
  );
  for (const [round, doomed] of victims.entries()) {
    // Half of the rounds end while an event is being told, half after some acknowledgements.
    const moment = Promise.withResolvers<void>();
    let left = 10 + Math.floor(Math.random() * 30);
    const countDown = () => {
      if (--left === 0) moment.resolve();
    };
    endpoint.onTold = round % 2 === 0 ? countDown : undefined;
    senders.onAcknowledged = () => {
      if (round % 2 === 1) countDown();
      if (++acknowledged === 60) pauseSenders();
    };
    up.resolve();
    await moment.promise;
    if (acknowledged < 60) pauseSenders();
    acknowledged = 0;
    await Promise.all(doomed.map(async (role) => running.get(role)?.kill()));
    for (const role of doomed) running.delete(role);
    await bringUp();
  }
  senders.onAcknowledged = endpoint.onTold = undefined;
  up.resolve();
  await senders.stop();
  await using inbox = await openInbox(path);
  await drained(inbox);
  for (const child of running.values()) assert.equal(await child.stop(), 0, child.output.stderr);
  return senders.sent;
}

async function judge(
  t: TestContext,
  path: string,
  sent: readonly Sent[],
  endpoint: EndpointDouble,
  slack: SlackDouble,
) {
  await using inbox = await openInbox(path);
  const stored = await records(inbox);
  const byGuid = Map.groupBy(stored, ({ guid }) => guid);
  const acknowledged = sent.filter((each) => each.acknowledged !== null);
  for (const { delivery, acknowledged: id } of acknowledged) {
    const found = byGuid.get(delivery.guid) ?? [];
    assert.deepEqual(
      found.map((event) => event.id),
      [id],
      'stored exactly once, under the id that was answered',
    );
    assert(found[0]?.body.equals(delivery.body), 'byte for byte');
  }
  for (const [guid, found] of byGuid) assert.equal(found.length, 1, `${guid} is stored once`);

  const toldTimes = new Map<number, number>();
  for (const { eventId } of endpoint.told) toldTimes.set(eventId, (toldTimes.get(eventId) ?? 0) + 1);
  const inSlack = slack.messages.map(({ text }) => text);
  const lost = stored.filter((event) => !isTold(event, toldTimes, inSlack));
  const twice = stored.filter(({ id }) => (toldTimes.get(id) ?? 0) > 1);
  t.diagnostic(
    `acknowledged ${acknowledged.length} of ${sent.length}, stored ${stored.length}, announced ${stored.length - lost.length}, ` +
      `lost ${lost.length}, told twice ${twice.length}`,
  );
  assert.deepEqual(
    lost.map(({ id }) => id),
    [],
  );
  for (const event of twice) {
    const attempts = event.notifications.find(({ destination }) => destination === 'audit')?.attempts ?? [];
    const unknown = attempts.filter(({ outcome }) => outcome === 'unknown').length;
    assert(
      (toldTimes.get(event.id) ?? 0) <= unknown + 1,
      `event ${event.id} is told twice only where an answer was lost`,
    );
  }
}

/** In the records, at the endpoint, and in Slack: by itself with its title, or counted in a digest of that size. */
function isTold(event: EventRecord, toldTimes: ReadonlyMap<number, number>, inSlack: readonly string[]): boolean {
  const [audit, team] = ['audit', 'team'].map((name) =>
    event.notifications.find(
      ({ destination, state }) => destination === name && (state === 'sent' || state === 'merged'),
    ),
  );
  const last = team?.attempts.findLast(({ outcome }) => outcome === 'sent');
  if (event.state !== 'routed' || audit === undefined || last === undefined || !toldTimes.has(event.id)) return false;
  return inSlack.some((text) => text.startsWith(last.request.slice(0, 80)));
}
