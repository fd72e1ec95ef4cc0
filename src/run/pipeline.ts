import { type Accept, createAccept } from '../accept/accept.ts';
import type { AcceptDeps } from '../accept/accept-deps.ts';
import { createMetrics } from '../http/metrics/metrics.ts';
import { createServer, type HttpServer } from '../http/server.ts';
import { startWorker, type Worker } from '../jobs/worker.ts';
import type { ChangedFiles } from '../model/changed-files.ts';
import type { Destination } from '../model/destination.ts';
import type { Inbox } from '../model/inbox.ts';
import type { Directory, Rule } from '../model/rule.ts';
import type { Source } from '../model/source.ts';
import { createRoute } from '../route/route.ts';
import type { Clock } from '../shared/clock.ts';
import { newOwner, systemRandom } from '../shared/ids.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';

/** What the worker goes by: whom it tells what. */
export interface Orders {
  readonly rules: readonly Rule[];
  readonly directory: Directory;
  readonly destinations: readonly Destination[];
  /** Null: nobody can be asked which files a pull request changes. */
  readonly changedFiles: ChangedFiles | null;
}

/** What differs between the ways to run Tidings: settings and rooms, all built. */
export interface PipelineParts extends Orders {
  /** Open. The pipeline closes it. */
  readonly inbox: Inbox;
  readonly sources: readonly Source[];
  readonly limits: AcceptDeps['limits'];
  readonly secrets: AcceptDeps['secrets'];
  /** Asked at each request. Null: no token opens the API beyond this machine. */
  readonly adminToken: () => Secret | null;
  readonly publicUrl: string | null;
  /** False: the API asks for the token also at this machine. */
  readonly loopbackOpen: boolean;
  /** Which rules are in force, in words. Asked at each request. */
  readonly configuration: () => string;
  readonly version: string;
  /** How a person calls the command line here. */
  readonly invocation: string;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Pipeline {
  readonly accept: Accept;
  /** From now on the inbox is drained, and this process kept running. Once is enough. */
  work(): void;
  /**
   * Goes on by other orders, once the sends in hand are finished (10 s at most). Webhooks are taken meanwhile. Without a
   * worker here: nothing to do.
   */
  reorder(orders: Orders): Promise<void>;
  /** Webhooks, health and the API on a server that has its port already; stopped with the rest. Once only. */
  serve(server: HttpServer): void;
  /** Only webhooks (and `/healthz`), on a free port of 127.0.0.1: what a tunnel may lead to. Once only. @throws ListenError */
  listenForTunnel(): Promise<{ readonly port: number }>;
  /** Finishes the work in hand and closes everything, the inbox last. Idempotent. */
  stop(): Promise<void>;
}

/** What `tidings start`, `receive`, `work` and the library share: accept → inbox → jobs, with one port in front. */
export function createPipeline(parts: PipelineParts): Pipeline {
  const { inbox, clock, log } = parts;
  const sources = new Map(parts.sources.map((source) => [source.name, source]));
  const metrics = createMetrics({ archive: inbox, clock, inFlightBytes: () => accept.inFlightBytes() });
  const { limits, secrets, publicUrl } = parts;
  const accept = createAccept({ sources, intake: inbox, telemetry: metrics, clock, log, limits, publicUrl, secrets });
  let worker: Worker | undefined;
  /** While one worker follows the other, ms since 1970. */
  let changingSince: number | null = null;
  let changed: Promise<void> = Promise.resolve();
  let server: HttpServer | undefined;
  let tunnelServer: HttpServer | undefined;
  let alive: NodeJS.Timeout | undefined;
  let stopped: Promise<void> | undefined;

  async function stop(): Promise<void> {
    // Side by side: each has its own limit, and together they must stay below the 10 s a supervisor waits.
    await Promise.all([server?.stop(), tunnelServer?.stop(), changed.then(() => worker?.stop())]);
    await inbox[Symbol.asyncDispose]();
    clearInterval(alive);
  }

  const startWorking = ({ rules, directory, destinations, changedFiles }: Orders) =>
    startWorker({
      inbox,
      sources,
      route: createRoute(rules, directory),
      destinations,
      changedFiles,
      telemetry: metrics,
      clock,
      random: systemRandom,
      log,
      owner: newOwner(),
    });

  async function changeWorkers(orders: Orders): Promise<void> {
    if (worker === undefined || stopped !== undefined) return;
    changingSince = clock.now();
    await worker.stop();
    if (stopped === undefined) worker = startWorking(orders);
    changingSince = null;
  }

  function heartbeat() {
    if (changingSince !== null) return { running: true, lastBeatAt: changingSince, owner: null };
    return worker?.heartbeat() ?? null;
  }

  const serverDeps = () => ({
    accept,
    archive: inbox,
    metrics,
    adminToken: parts.adminToken,
    worker: heartbeat,
    schemaVersion: inbox.schemaVersion,
    version: parts.version,
    invocation: parts.invocation,
    sources: [...sources.keys()],
    publicUrl: parts.publicUrl,
    loopbackOpen: parts.loopbackOpen,
    configuration: parts.configuration,
    clock,
    log,
  });

  return {
    accept,
    work() {
      if (stopped !== undefined) throw new Error('Tidings was stopped: make a new one to start it again');
      // A worker alone has nothing else that keeps the process running: its timers and its database thread do not.
      alive ??= setInterval(() => undefined, 1_000_000);
      worker ??= startWorking(parts);
    },
    reorder: (orders) => (changed = changed.then(() => changeWorkers(orders))),
    serve(listening) {
      if (server !== undefined || stopped !== undefined) throw new Error('Tidings listens once, until it is stopped');
      server = listening;
      server.serve(serverDeps());
    },
    async listenForTunnel() {
      if (tunnelServer !== undefined || stopped !== undefined) throw new Error('there is one port for a tunnel');
      tunnelServer = createServer({ host: '127.0.0.1', port: 0, clock, log });
      tunnelServer.serve({ onlyWebhooks: true, ...serverDeps() });
      return tunnelServer.start();
    },
    stop: () => (stopped ??= stop()),
  };
}
