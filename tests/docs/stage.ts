import pc from 'picocolors';
import { samples } from '../../src/app/samples.ts';
import { createApp } from '../../src/app.ts';
import type { Fate } from '../../src/model/fate.ts';
import type { EventRecord } from '../../src/model/inbox.ts';
import type { CliIo, Output } from '../../src/surface/cli/cli-io.ts';
import { foldFor } from '../../src/surface/cli/fold.ts';
import { logLine } from '../../src/surface/cli/log-line.ts';
import { runCli } from '../../src/surface/cli/run-cli.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { waitUntil } from '../doubles/wait-until.ts';
import { connected, PUBLIC_URL } from '../support/connected.ts';
import { configure, openInbox, stored } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery } from '../support/github.ts';

/** What a page prints below a command: the lines of a terminal of 80 columns. */
export type Recording = ReadonlyMap<string, string>;

const TEAM = '/services/T0/B0/team';
const OPS = '/services/T0/B0/ops';

const TERMINAL = { isTTY: true, columns: 80 };

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
      // Always quiet, but for the minute of a release that nobody makes.
      quiet: { hours: '00:00-23:59', zone: 'UTC' },
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
  await using server = await serve(world.path, env);
  const recording = new Map<string, string>();
  const ask = async (line: string, more: Readonly<Record<string, string>> = {}) =>
    recording.set(line, (await run(line.split(' '), world.path, { ...env, ...more })).text);

  world.hook({ secret: 'what somebody typed at GitHub' });
  await world.hooks.emit({ hookId: 7, type: 'issues', payload: { action: 'opened' }, guid: '0-0-0-0-1' });
  await ask('github connect acme/api --check', { PUBLIC_URL });
  recording.set('log', server.log.map((line) => foldFor(TERMINAL, logLine(line, pc.createColors(false)))).join(''));
  await knock(server.url, world.path);
  for (const line of QUESTIONS) await ask(line);
  return recording;
}

const QUESTIONS = [
  'events',
  'explain 1',
  'explain 5',
  'events --state held',
  'events show 3',
  'replay --state dead --dry-run',
];

/** 1 no rule wants, 2 Slack refuses, 3 waits for Slack, 4 is held by quiet hours, 5 is the body of 2 under another id. */
async function knock(url: string, path: string): Promise<void> {
  const bug = made('issues.opened', ['issue.labels=[{"name":"bug"}]', 'issue.number=7', 'issue.title=Payments fail']);
  const merged = made('pull_request.merged', ['pull_request.number=12', 'pull_request.title=Retry uploads']);
  const sent = [made('push'), bug, merged, made('star.created'), { ...bug, guid: '0-0-0-0-0' }];
  for (const each of sent) await deliver(url, each);
  await using inbox = await openInbox(path);
  const has = (fate: Fate, all: readonly EventRecord[]) =>
    all.some(({ fates }) => fates.some((one) => one.fate === fate));
  await stored(
    inbox,
    (all) =>
      all.length === sent.length &&
      all.every(({ state }) => state !== 'pending') &&
      has('dead', all) &&
      all.some(({ notifications }) =>
        notifications.some(({ tries, destination }) => destination === 'ops' && tries > 0),
      ),
  );
}

function made(name: string, assignments: readonly string[] = []): Delivery {
  const sample = samples.make(name, 1, Date.parse('2026-11-27T09:00:00Z'));
  if (sample === undefined) throw new Error(`there is no sample ${name}`);
  const changed = samples.set(sample.payload, [...assignments, 'sender.login=mona']);
  if (!changed.ok) throw new Error(changed.problem);
  return delivery(sample.type, changed.payload);
}

interface Server extends AsyncDisposable {
  readonly url: string;
  /** JSON lines. */
  readonly log: readonly string[];
}

async function serve(cwd: string, env: Readonly<Record<string, string>>): Promise<Server> {
  const stop = new AbortController();
  const log: string[] = [];
  const watchers = new Set<() => void>();
  let banner = '';
  const ended = run(['start'], cwd, env, {
    stop: stop.signal,
    log,
    onText: (text) => {
      banner = text;
      for (const look of watchers) look();
    },
  });
  const address = /^Webhook +(http\S+?)\/webhooks/m;
  await waitUntil(
    () => /^Try it:/m.test(banner),
    watchers,
    15_000,
    () => [banner],
  );
  return {
    url: address.exec(banner)?.[1] ?? '',
    log,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}

interface Watching {
  readonly stop?: AbortSignal;
  readonly log?: string[];
  readonly onText?: (text: string) => void;
}

/** As at a terminal: what goes to stdout and stderr shows in one place, without colours. */
export async function run(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  { stop, log = [], onText }: Watching = {},
): Promise<{ readonly code: number; readonly text: string }> {
  const never = new AbortController().signal;
  let text = '';
  const output: Output = {
    ...TERMINAL,
    write: async (chunk) => {
      text += String(chunk);
      onText?.(text);
    },
    written: async () => {},
  };
  const io: CliIo = {
    stdout: output,
    stderr: output,
    terminal: null,
    firstLine: null,
    stop: stop ?? never,
    force: never,
    closed: never,
    noColor: true,
  };
  const app = createApp({
    env,
    cwd,
    version: '0.1.0',
    nodeVersion: process.versions.node,
    invocation: 'npx tidings',
    console: { write: output.write, color: false, width: TERMINAL.columns },
    logStream: { write: (line) => void log.push(line) },
  });
  const code = await runCli(argv, io, app);
  return { code, text };
}
