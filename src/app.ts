import { existsSync } from 'node:fs';
import { consoleDestination } from './destinations/console/console-destination.ts';
import { httpDestination } from './destinations/http/http-destination.ts';
import { slackDestination } from './destinations/slack/slack-destination.ts';
import { type RecoverService, startRecoverService } from './github/recover-service.ts';
import type { RunRecovery } from './github/recovery.ts';
import { openSqliteInbox } from './inbox/sqlite/sqlite-inbox.ts';
import type { Destination } from './model/destination.ts';
import { type Inbox, InboxUnavailableError } from './model/inbox.ts';
import type { PollReport, PollRequest } from './model/polling.ts';
import type { RecoverRequest, Recovery } from './model/recovery.ts';
import type { Source } from './model/source.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { type Clock, systemClock } from './shared/clock.ts';
import { createLog, type Logger } from './shared/log.ts';
import { Secret } from './shared/secret.ts';
import { githubSource } from './sources/github/github-source.ts';
import { applySet } from './sources/github/samples/apply-set.ts';
import { sample, sampleNames } from './sources/github/samples/sample.ts';
import { signedHeaders } from './sources/github/sign.ts';
import type { AppPort, LoadedApp, Role, Running, SampleDelivery, Samples, Signed } from './surface/cli/app-port.ts';
import type { Config, DestinationConfig, SourceConfig } from './surface/config/config.ts';
import { ConfigError, problemText } from './surface/config/config-error.ts';
import { describeConfig } from './surface/config/describe-config.ts';
import { adminToken, adminTokenOrNull } from './surface/config/generated-secret.ts';
import { loadConfig } from './surface/config/load-config.ts';
import type { Env } from './surface/config/process-env.ts';

/** What the app needs of the process it runs in. */
export interface Surroundings {
  readonly env: Env;
  readonly cwd: string;
  readonly version: string;
  readonly nodeVersion: string;
  readonly invocation: string;
  /** Where the console destination writes its cards. */
  readonly console: { write(text: string): void; readonly color: boolean; readonly width: number };
  /** Where log lines go; null: JSON lines on stderr. */
  readonly logStream: Parameters<typeof createLog>[1] | null;
}

/** The composition root: every room is built here, in the order of the way of the data. */
export function createApp(surroundings: Surroundings): AppPort {
  const { env, cwd, version, nodeVersion, invocation } = surroundings;
  return {
    version,
    nodeVersion,
    invocation,
    debug: env['LOG_LEVEL'] === 'debug' || env['LOG_LEVEL'] === 'trace',
    clock: systemClock,
    samples,
    async load({ readOnly }) {
      return loaded(await loadConfig({ env, cwd, readOnly }), surroundings);
    },
  };
}

function loaded(config: Config, surroundings: Surroundings): LoadedApp {
  return {
    config,
    sources: config.sources.map(buildSource),
    describe: () => describeConfig(config),
    openArchive: () => openArchive(config),
    start: (role) => start(role, config, surroundings),
    recover: (request, signal) => recover(request, signal, config, surroundings),
    poll: (request, say, signal) => runPoll({ request, say, signal }, config, surroundings),
    sign: (delivery) => sign(delivery, config, surroundings.env),
  };
}

/** `tidings start`, `receive` and `work`: the same pipeline, whole or in halves. */
async function start(role: Role, config: Config, surroundings: Surroundings): Promise<Running> {
  const clock = systemClock;
  const log = createLog(config.logLevel, surroundings.logStream ?? undefined);
  const inbox = await openInbox(config, clock);
  const pipeline = buildPipeline(config, surroundings, inbox, log);

  try {
    if (role !== 'receive') pipeline.work();
    const hasAdminToken = role !== 'work' && madeAdminToken(config, log);
    const listening = role === 'work' ? null : await pipeline.listen(config);
    void pipeline.metrics.load();
    const recovering = role === 'work' ? null : startRecovering(config, surroundings, inbox, log);
    const stop = async () => {
      await recovering?.stop();
      await pipeline.stop();
    };
    return { url: listening?.url ?? null, hasAdminToken, failure: inbox.failed, stop };
  } catch (error) {
    await pipeline.stop();
    throw error;
  }
}

function buildPipeline(config: Config, surroundings: Surroundings, inbox: Inbox, log: Logger): Pipeline {
  const clock = systemClock;
  return createPipeline({
    inbox,
    sources: config.sources.map(buildSource),
    rules: config.rules,
    destinations: config.destinations.map((destination) => buildDestination(destination, clock, surroundings)),
    limits: config,
    secrets: new Map(config.sources.map(rotationOf)),
    adminToken: () => adminTokenOrNull(config),
    publicUrl: config.publicUrl,
    version: surroundings.version,
    clock,
    log,
  });
}

interface PollCall {
  readonly request: PollRequest;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** The pipeline without its receiver, and GitHub asked in its place. Another worker may run beside: the leases see to that. */
async function runPoll(
  { request, signal, say }: PollCall,
  config: Config,
  surroundings: Surroundings,
): Promise<PollReport> {
  const { poll } = await import('./github/poll-service.ts');
  const clock = systemClock;
  const log = createLog(config.logLevel, surroundings.logStream ?? undefined);
  const inbox = await openInbox(config, clock);
  const pipeline = buildPipeline(config, surroundings, inbox, log);
  try {
    pipeline.work();
    const { githubApiUrl: apiUrl, githubToken: token, rules } = config;
    const [source] = config.sources.map(buildSource);
    if (source === undefined) throw new Error('there is always a source');
    const { version } = surroundings;
    return await poll({ apiUrl, token, version, inbox, source, rules, clock, signal, say }, request);
  } finally {
    await pipeline.stop();
  }
}

async function recover(
  request: RecoverRequest,
  signal: AbortSignal,
  config: Config,
  surroundings: Surroundings,
): Promise<Recovery> {
  const run = await buildRecovery(config, surroundings);
  await using inbox = await openArchive(config);
  // While GitHub's redeliveries are awaited nothing else keeps the process running.
  const alive = setInterval(() => undefined, 1_000_000);
  try {
    return await run(inbox, request, signal);
  } finally {
    clearInterval(alive);
  }
}

/** Loaded only where somebody recovers: GitHub's client doubles the time of a start. */
async function buildRecovery(config: Config, { version }: Surroundings): Promise<RunRecovery> {
  const { createRecovery } = await import('./github/recovery.ts');
  const { githubToken: token, githubApiUrl: apiUrl, publicUrl } = config;
  return createRecovery({
    token,
    apiUrl,
    publicUrl,
    sources: config.sources.map(buildSource),
    version,
    clock: systemClock,
  });
}

function startRecovering(config: Config, surroundings: Surroundings, inbox: Inbox, log: Logger): RecoverService | null {
  const owners = config.sources.flatMap(({ recover }) => recover ?? []);
  if (owners.length === 0) return null;
  const built = buildRecovery(config, surroundings);
  return startRecoverService({
    owners,
    recover: async (request, signal) => (await built)(inbox, request, signal),
    clock: systemClock,
    log,
  });
}

/** At the start, so that the file is there before anybody needs it. Webhooks are taken without it. */
function madeAdminToken(config: Config, log: Logger): boolean {
  try {
    adminToken(config);
    return true;
  } catch (error) {
    const why = error instanceof ConfigError ? error.problems.map(problemText).join('; ') : String(error);
    log.warn(`webhooks are taken, but what asks for the admin token stays closed. ${why}`);
    return false;
  }
}

/** A question asked from the wrong folder must not leave an empty database there, which then answers "nothing". */
async function openArchive(config: Config): Promise<Inbox> {
  const { database } = config;
  if (database.kind === 'sqlite' && !existsSync(database.path)) {
    throw new InboxUnavailableError(
      `There is no database at ${database.path} yet. Start Tidings here first, or set DATA_DIR to the folder it uses.`,
    );
  }
  return openInbox(config, systemClock);
}

function openInbox({ database }: Config, clock: Clock): Promise<Inbox> {
  switch (database.kind) {
    case 'sqlite':
      return openSqliteInbox({ path: database.path, clock });
    case 'postgres':
      throw new Error('Postgres is not supported yet');
  }
}

function buildSource({ name, provider, secrets }: SourceConfig): Source {
  switch (provider) {
    case 'github':
      return githubSource({ name, secrets });
  }
}

function buildDestination(destination: DestinationConfig, clock: Clock, { console }: Surroundings): Destination {
  switch (destination.type) {
    case 'slack':
      return slackDestination({ ...destination, perSecond: destination.perSecond ?? 0, clock });
    case 'http':
      return httpDestination({ ...destination, clock });
    case 'console':
      return consoleDestination({ ...destination, ...console, clock });
  }
}

function rotationOf({ name, secrets, secretOrigin }: SourceConfig) {
  const setting = secretOrigin.kind === 'environment' ? secretOrigin.variable : `the secrets of source ${name}`;
  return [name, { count: secrets.length, setting }] as const;
}

const samples: Samples = {
  names: sampleNames,
  make: (name, n, now) => sample(name, { n, now }),
  set(payload, assignments) {
    const changed = structuredClone(payload);
    try {
      for (const assignment of assignments) applySet(changed, assignment);
      return { ok: true, payload: changed };
    } catch (error) {
      return { ok: false, problem: error instanceof Error ? error.message : String(error) };
    }
  },
};

function sign({ source, secretEnv, ...delivery }: SampleDelivery, config: Config, env: Env): Signed {
  const configured = config.sources.find(({ name }) => name === source);
  if (configured === undefined) {
    return {
      ok: false,
      problem: `There is no source "${source}": ${config.sources.map(({ name }) => name).join(', ')}.`,
    };
  }
  const given = secretEnv === null ? undefined : env[secretEnv];
  if (secretEnv !== null && !given) return { ok: false, problem: `${secretEnv} is not set.` };
  const secret = given ? new Secret(given) : configured.secrets[0];
  if (secret === undefined) {
    return { ok: false, problem: 'There is no secret yet: `start` generates one, or set GITHUB_WEBHOOK_SECRET.' };
  }
  return { ok: true, headers: signedHeaders(delivery, secret) };
}
