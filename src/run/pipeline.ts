import { type Accept, createAccept } from '../accept/accept.ts';
import type { AcceptDeps } from '../accept/accept-deps.ts';
import { trustedProxies } from '../accept/proxies/trusted-proxies.ts';
import { createSecretRotation, type SecretRotation } from '../accept/secret-rotation.ts';
import { createTallyKeeper } from '../accept/tally-keeper.ts';
import type { RunningSystem } from '../http/api/running-system.ts';
import { createMetrics } from '../http/metrics/metrics.ts';
import { createServer, type HttpServer, type ServerDeps } from '../http/server.ts';
import type { Destination } from '../model/destination.ts';
import type { Inbox } from '../model/inbox.ts';
import type { Source } from '../model/source.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import { changingWorker, type WorkerSettings } from './changing-worker.ts';

/** What of a pipeline runs. */
export interface RunningParts {
  readonly accept: Accept;
  readonly rotation: Pick<SecretRotation, 'standing'>;
  /** Those of the settings in force, opened by whoever works, or would. */
  readonly destinations: () => readonly Destination[];
}

/** What differs between the ways to run Tidings: settings and parts, all built. */
export interface PipelineParts extends WorkerSettings {
  /** Open. The pipeline closes it. */
  readonly inbox: Inbox;
  readonly sources: readonly Source[];
  readonly limits: AcceptDeps['limits'];
  readonly secrets: NonNullable<AcceptDeps['secrets']>;
  /** Asked at each request. Null: no token opens the API beyond this machine. */
  readonly adminToken: () => Secret | null;
  /** The same for who only looks. Null: nobody does. */
  readonly viewerToken?: (() => Secret | null) | undefined;
  readonly publicUrl: string | null;
  /** See AcceptDeps. */
  readonly trustedProxies: readonly string[];
  /** False: the API asks for the token also at this machine. */
  readonly loopbackOpen: boolean;
  /** Which rules are in force, in words. Asked at each request. */
  readonly configuration: () => string;
  readonly version: string;
  /** How a person calls the command line here. */
  readonly invocation: string;
  /** What the API asks of what runs. Null: nothing. */
  readonly system: ((running: RunningParts) => RunningSystem) | null;
  /** The pages, loaded by the first who opens one. Null: there are none. */
  readonly dashboard: ServerDeps['dashboard'];
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Pipeline {
  readonly accept: Accept;
  /** From now on the inbox is drained, and this process kept running. Once is enough. */
  work(): void;
  /** Goes on by other settings, see ChangingWorker. Webhooks are taken meanwhile. */
  change(settings: WorkerSettings): Promise<void>;
  /** Webhooks, health and the API on a server that has its port already; stopped with the rest. Once only. */
  serve(server: HttpServer): void;
  /**
   * Only webhooks (and `/healthz`), on a free port of 127.0.0.1: what a tunnel may lead to. `called`: as which URL the tunnel is called for a
   * path, asked at each request. Once only. @throws ListenError
   */
  listenForTunnel(called: (path: string) => string): Promise<{ readonly port: number }>;
  /** Finishes the work in hand and closes everything, the inbox last. Idempotent. */
  stop(): Promise<void>;
}

/** What `tidings start`, `receive`, `work` and the library share: accept → inbox → jobs, with one port in front. */
export function createPipeline(parts: PipelineParts): Pipeline {
  const { inbox, clock, log, limits, secrets, publicUrl } = parts;
  const sources = new Map(parts.sources.map((source) => [source.name, source]));
  const metrics = createMetrics({ archive: inbox, upkeep: inbox, clock, inFlightBytes: () => accept.inFlightBytes() });
  const tally = createTallyKeeper(inbox, clock, log);
  const rotation = createSecretRotation(secrets, clock, log);
  const told = { telemetry: metrics, tally, rotation, clock, log, publicUrl, trustedProxies: parts.trustedProxies };
  const accept = createAccept({ ...told, sources, intake: inbox, limits });
  const worker = changingWorker({ inbox, sources, telemetry: metrics, clock, log }, parts);
  let { destinations } = parts;
  const system = parts.system?.({ accept, rotation, destinations: () => destinations }) ?? null;
  const servers = createServers({ ...serverDeps(parts), system, accept, metrics, worker: worker.heartbeat });
  let alive: NodeJS.Timeout | undefined;
  let stopped: Promise<void> | undefined;

  async function stop(): Promise<void> {
    // Side by side: each has its own limit, and together they must stay below the 10 s a supervisor waits.
    await Promise.all([servers.stop(), worker.stop()]);
    await tally.stop();
    await inbox[Symbol.asyncDispose]();
    clearInterval(alive);
  }

  return {
    accept,
    work() {
      if (stopped !== undefined) throw new Error('Tidings was stopped: make a new one to start it again');
      // A worker alone has nothing else that keeps the process running: its timers and its database thread do not.
      alive ??= setInterval(() => undefined, 1_000_000);
      worker.start();
    },
    change(settings) {
      destinations = settings.destinations;
      return worker.change(settings);
    },
    serve: servers.serve,
    listenForTunnel: servers.listenForTunnel,
    stop: () => (stopped ??= stop()),
  };
}

function serverDeps(parts: PipelineParts) {
  const { inbox, adminToken, version, invocation, publicUrl, loopbackOpen, configuration, clock, log } = parts;
  const { dashboard, viewerToken } = parts;
  const { callerOf } = trustedProxies(parts.trustedProxies);
  const sources = parts.sources.map(({ name }) => name);
  const given = {
    adminToken,
    viewerToken,
    sessions: inbox,
    callerOf,
    version,
    invocation,
    publicUrl,
    loopbackOpen,
    configuration,
    clock,
    log,
    dashboard,
  };
  return { ...given, archive: inbox, upkeep: inbox, schemaVersion: inbox.schemaVersion, sources };
}

/** The port that everybody knows, and one for a tunnel. */
function createServers(
  deps: ServerDeps & { readonly accept: Accept },
): Pick<Pipeline, 'serve' | 'listenForTunnel' | 'stop'> {
  const { clock, log } = deps;
  let server: HttpServer | undefined;
  let tunnelServer: HttpServer | undefined;
  let isStopped = false;
  return {
    serve(listening) {
      if (server !== undefined || isStopped) throw new Error('Tidings listens once, until it is stopped');
      server = listening;
      server.serve(deps);
    },
    async listenForTunnel(called) {
      if (tunnelServer !== undefined || isStopped) throw new Error('there is one port for a tunnel');
      tunnelServer = createServer({ host: '127.0.0.1', port: 0, clock, log });
      tunnelServer.serve({ onlyWebhooks: true, ...deps, accept: deps.accept.calledAs(({ url }) => called(url)) });
      return tunnelServer.start();
    },
    async stop() {
      isStopped = true;
      await Promise.all([server?.stop(), tunnelServer?.stop()]);
    },
  };
}
