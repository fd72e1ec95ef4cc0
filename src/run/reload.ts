import { basename } from 'node:path';
import { CATALOG } from '../catalog.ts';
import { changes } from '../config/changes.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Purpose } from '../config/purpose.ts';
import { watchSettings } from '../config/read/watch-settings.ts';
import type { Inbox } from '../model/inbox.ts';
import { systemClock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { plural } from '../shared/time-words.ts';
import { workerSettings } from './build.ts';
import { withIdleRules } from './idle-rules.ts';
import { type InForce, logNotes } from './in-force.ts';
import type { Pipeline } from './pipeline.ts';
import type { Surroundings } from './surroundings.ts';

interface Reloading {
  /** As it was started: what must be set goes by it. */
  readonly role: Purpose;
  readonly config: Config;
  readonly surroundings: Surroundings;
  readonly inbox: Inbox;
  readonly pipeline: Pick<Pipeline, 'change'>;
  readonly log: Logger;
  /** Told what becomes of each change. */
  readonly inForce: InForce;
}

export interface Reloader {
  /** As if a file had changed. */
  look(): void;
  stop(): void;
}

/** A file that is emptied first and written then, as some editors do, is whole by then. */
const WRITTEN_WITHIN_MS = 200;

/**
 * A changed tidings.yaml or `.env` takes effect while running: its rules and destinations, that is; the rest at the next
 * start, and the log says so. One that cannot be used changes nothing. Webhooks are taken all the while.
 */
export function startReloading({ config, role, surroundings, inbox, pipeline, log, inForce }: Reloading): Reloader {
  const { env, cwd } = surroundings;
  let current = config;
  let turn: Promise<void> = Promise.resolve();

  async function reload(): Promise<void> {
    await new Promise<void>((resolve) => void systemClock.after(WRITTEN_WITHIN_MS, resolve));
    const next = await withIdleRules(await loadConfig({ catalog: CATALOG, env, cwd, readOnly: true, purpose: role }));
    if (current.configPath !== null && next.configPath === null) throw gone(current.configPath);
    const changed = changes(current, next);
    if (changed.atOnce) {
      await pipeline.change(await workerSettings(next, surroundings, inbox));
      const names = next.destinations.map(({ name }) => name).join(', ');
      log.info(`the settings changed, and are in force: ${plural(next.rules.length, 'rule')}, told to ${names}`);
    } else if (inForce.isRefused()) {
      log.info('the settings can be used again, and say what is in force');
    }
    inForce.took(next);
    if (changed.atOnce || changed.notes) logNotes(next, log);
    // Compared with the start too: what was changed back needs none.
    const later = changes(config, next).atStart.filter((name) => changed.atStart.includes(name));
    if (later.length > 0) log.warn(`changed, and in force after the next start: ${later.join(', ')}`);
    current = next;
  }

  const look = () => {
    turn = turn.then(reload).catch((error: unknown) => {
      inForce.refused(error);
      const why = error instanceof ConfigError ? error.message : String(error);
      log.error(`the settings changed and cannot be used; those before stay in force. ${why}`);
    });
  };
  return { look, stop: watchSettings(env, cwd, look) };
}

/** Whoever deletes the file hardly means the built-in rules; whoever does can start again. */
function gone(path: string): ConfigError {
  const message = 'is gone. Put it back; or start again to go on without it.';
  return new ConfigError([{ where: basename(path), message, excerpt: null }]);
}
