import type { Config } from '../config/config.ts';
import { ConfigError, problemText } from '../config/config-error.ts';
import { adminToken } from '../config/read/generated-secret.ts';
import { createServer } from '../http/server.ts';
import { openInbox } from '../inbox/open-inbox.ts';
import { tellLog } from '../inbox/tell-log.ts';
import type { Untold } from '../model/fate.ts';
import type { Inbox } from '../model/inbox.ts';
import type { TunnelKind, TunnelRequest } from '../model/tunnel.ts';
import { systemClock } from '../shared/clock.ts';
import { createLog, type Logger } from '../shared/log.ts';
import { restAfterWork } from '../shared/memory/rest.ts';
import { buildPipeline } from './build.ts';
import { closeAndSay, exposuresOf } from './exposures.ts';
import { createInForce, logNotes } from './in-force.ts';
import { startRecovering } from './recover.ts';
import { startReloading } from './reload.ts';
import type { Surroundings } from './surroundings.ts';
import { startTunnel } from './tunnel.ts';

/** `both` is `tidings start`. */
export type Role = 'both' | 'receive' | 'work';

interface Start {
  readonly role: Role;
  /** Null: none is asked for. The signal ends waiting for it. */
  readonly tunnel: { readonly request: TunnelRequest; readonly signal: AbortSignal } | null;
}

export interface Running {
  /** Where the receiver listens, such as `http://localhost:3000`, with the port really taken. Null without a receiver. */
  readonly url: string | null;
  /** A receiver runs, and the token that opens it beyond this machine is given or kept in DATA_DIR. */
  readonly hasAdminToken: boolean;
  /** What nobody got before this start. */
  readonly untold: readonly Untold[];
  /** What a provider calls through it, complete. Null: no tunnel was asked for. */
  readonly tunnel: { readonly kind: TunnelKind; readonly webhookUrl: string } | null;
  /** Finishes the work in hand and releases everything. Idempotent. */
  stop(): Promise<void>;
  /** Resolves when a service dies by itself; never otherwise. */
  readonly failure: Promise<Error>;
}

/**
 * `tidings start`, `receive` and `work`: the same pipeline, whole or in halves. The port comes first: of two that want the
 * same one, the second ends before it has opened, made or migrated anything.
 * @throws an Error whose message says in words why it cannot start; a listen error keeps node's `code`. TunnelError when it
 * could, but the tunnel cannot be opened: then nothing runs.
 */
export async function start({ role, tunnel }: Start, config: Config, surroundings: Surroundings): Promise<Running> {
  const clock = systemClock;
  const exposures = exposuresOf(config, surroundings.cwd, role !== 'work');
  const log = createLog(config.logLevel, surroundings.logStream ?? undefined);
  const { host, port } = config;
  const server = role === 'work' ? null : createServer({ host, port, clock, log });
  const listening = await server?.start();
  const inbox = await openInbox(config.database, clock, tellLog(log)).catch(async (error: unknown) => {
    await server?.stop();
    throw error;
  });
  // Not before: a file that turns out to be no database of ours is left alone.
  closeAndSay(exposures, log);
  const inForce = createInForce(config, clock);
  if (role !== 'receive') logNotes(config, log);
  // The worker decides; a receiver alone has no use for rules, and does not look at the file again.
  const words = () => 'rules are not used by this process, which only receives';
  const shown = role === 'receive' ? { ...inForce, words, reloads: false } : inForce;
  const pipeline = await buildPipeline(config, surroundings, inbox, log, shown);

  try {
    if (server !== null) pipeline.serve(server);
    if (role !== 'receive') pipeline.work();
    const hasAdminToken = role !== 'work' && madeAdminToken(config, log);
    const untold = await untoldOrNone(inbox, log);
    const tunnelled = tunnel ? await startTunnel({ ...tunnel, config, surroundings, pipeline, log }) : null;
    const recovering = role === 'work' ? null : await startRecovering(config, surroundings, inbox, log);
    const reloading = { config, role, surroundings, inbox, pipeline, log, inForce };
    const reloader = role === 'receive' ? null : startReloading(reloading);
    surroundings.onHangup(() => {
      log.info(
        `SIGHUP: ${reloader ? 'the settings are read again' : 'nothing to do for a process that only receives'}`,
      );
      reloader?.look();
    });
    const endRests = restAfterWork(clock);
    const stop = async () => {
      endRests();
      reloader?.stop();
      await Promise.all([tunnelled?.stop(), recovering?.stop()]);
      await pipeline.stop();
    };
    return { url: listening?.url ?? null, hasAdminToken, untold, tunnel: tunnelled, failure: inbox.failed, stop };
  } catch (error) {
    await pipeline.stop();
    throw error;
  }
}

async function untoldOrNone(inbox: Inbox, log: Logger): ReturnType<Inbox['untold']> {
  try {
    return await inbox.untold();
  } catch (error) {
    // Safe to go on: only a line of the first screen is lost, and the leases report an inbox that is away.
    log.debug({ err: error }, 'could not look what was given up');
    return [];
  }
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
