import { setTimeout } from 'node:timers/promises';
import type { EventRecord } from '../../src/model/inbox/records.ts';
import { TALLY } from '../../src/model/turned-away.ts';
import { SAMPLES } from '../../src/sources/github/samples/samples.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { connected, PUBLIC_URL } from '../support/connected.ts';
import { configure, openInbox, stored } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery } from '../support/github.ts';
import { begin, ran } from '../support/in-process.ts';

/** What a page prints below a command: the lines of a terminal of 80 columns. */
export type Recording = ReadonlyMap<string, string>;

const TEAM = '/services/T0/B0/team';
const OPS = '/services/T0/B0/ops';

const COLUMNS = 80;

const CONFIG = {
  destinations: {
    team: { type: 'slack', webhook_url: '${TEAM_WEBHOOK_URL}' },
    ops: { type: 'slack', webhook_url: '${OPS_WEBHOOK_URL}' },
  },
  rules: [
    { name: 'bugs', on: { issues: { types: ['opened'], labels: ['bug'] } }, to: 'team' },
    { name: 'shipped', on: { pull_request: ['merged'] }, to: 'ops' },
    {
      name: 'stars',
      on: { star: ['created'] },
      quiet: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], zone: 'UTC' },
      to: 'team',
    },
  ],
};

/**
 * The real program in this process, with everything that can keep a message from arriving: a wrong secret at GitHub, a body seen
 * before, no rule, quiet hours, a Slack that is down, and one that refuses.
 */
export async function record(): Promise<Recording> {
  await using world = await connected();
  await using slack = await startSlackDouble({ enforceRate: false });
  slack.failNext(TEAM, 1_000, { status: 404, body: 'no_service' });
  slack.failNext(OPS, 1_000, { status: 503, body: 'rolling out' });
  await configure(world.path, CONFIG);
  const { PUBLIC_URL: _, ...rest } = world.env;
  const env = { ...rest, TEAM_WEBHOOK_URL: slack.webhookUrl(TEAM), OPS_WEBHOOK_URL: slack.webhookUrl(OPS) };
  const server = begin(['start'], { cwd: world.path, env, columns: COLUMNS });
  await using _stop = { [Symbol.asyncDispose]: async () => void (await server.stop()) };
  await server.printed(/^Try it:/m);
  const recording = new Map<string, string>();
  const ask = async (line: string, more: Readonly<Record<string, string>> = {}) => {
    const { shown } = await ran(line.split(' '), { cwd: world.path, env: { ...env, ...more }, columns: COLUMNS });
    recording.set(line, shown);
  };

  world.hook({ secret: 'what somebody typed at GitHub' });
  await world.hooks.emit({ hookId: 7, type: 'issues', payload: { action: 'opened' }, guid: '0-0-0-0-1' });
  await ask('connect github acme/api --check', { PUBLIC_URL });
  recording.set('log', /^.* WARN {2}The signature[^]*/m.exec(server.output.shown)?.[0] ?? '');
  await knock(`http://127.0.0.1:${rest['PORT']}`, world.path);
  for (const line of QUESTIONS) {
    // Not in the very moment in which it is tried once more.
    do await ask(line);
    while (/ running$/m.test(recording.get(line) ?? ''));
  }
  await refusalIsKept(world.path);
  await ask('sources', { PUBLIC_URL });
  return recording;
}

const QUESTIONS = ['events', 'explain 1', 'explain 5', 'events --state held', 'events show 3', 'destinations'];

/** 1 no rule wants, 2 Slack refuses, 3 waits for Slack, 4 is held by quiet hours, 5 is the body of 2 under another id. */
async function knock(url: string, path: string): Promise<void> {
  const bug = made('issues.opened', ['issue.labels=[{"name":"bug"}]', 'issue.number=7', 'issue.title=Payments fail']);
  const merged = made('pull_request.merged', ['pull_request.number=12', 'pull_request.title=Retry uploads']);
  const sent = [made('push'), bug, merged, made('star.created'), { ...bug, guid: '0-0-0-0-0' }];
  for (const each of sent) await deliver(url, each);
  await using inbox = await openInbox(path);
  const isAnswered = (name: string, all: readonly EventRecord[]) =>
    all.some(({ notifications }) =>
      notifications.some(
        ({ destination, attempts }) => destination === name && attempts.some((one) => one.endedAt !== null),
      ),
    );
  await stored(
    inbox,
    (all) =>
      all.length === sent.length &&
      all.every(({ state }) => state !== 'pending') &&
      isAnswered('team', all) &&
      isAnswered('ops', all),
  );
}

/** Half a second after it was refused. */
async function refusalIsKept(path: string): Promise<void> {
  await using inbox = await openInbox(path);
  while ((await inbox.recall(TALLY)) === null) await setTimeout(25);
}

function made(name: string, assignments: readonly string[] = []): Delivery {
  const sample = SAMPLES.make(name, 1, Date.parse('2026-11-27T09:00:00Z'));
  if (sample === undefined) throw new Error(`there is no sample ${name}`);
  const changed = SAMPLES.set(sample.payload, [...assignments, 'sender.login=mona']);
  if (!changed.ok) throw new Error(changed.problem);
  return delivery(sample.type, changed.payload);
}
