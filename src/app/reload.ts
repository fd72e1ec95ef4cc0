import type { Pipeline } from '../pipeline.ts';
import type { Logger } from '../shared/log.ts';
import { plural } from '../surface/cli/time-words.ts';
import type { Config } from '../surface/config/config.ts';
import { ConfigError } from '../surface/config/config-error.ts';
import { fingerprint } from '../surface/config/fingerprint.ts';
import { loadConfig } from '../surface/config/load-config.ts';
import { watchSettings } from '../surface/config/watch-settings.ts';
import { ordersOf } from './build.ts';
import type { Surroundings } from './surroundings.ts';

interface Reloading {
  readonly config: Config;
  readonly surroundings: Surroundings;
  readonly pipeline: Pick<Pipeline, 'reorder'>;
  readonly log: Logger;
}

/**
 * A changed tidings.yaml or `.env` takes effect while running: its rules and destinations, that is; the rest at the next
 * start, and the log says so. One that cannot be used changes nothing. Webhooks are taken all the while. Returns what
 * ends it.
 */
export function startReloading({ config, surroundings, pipeline, log }: Reloading): () => void {
  const { env, cwd } = surroundings;
  let inForce = config;
  let turn: Promise<void> = Promise.resolve();

  async function reload(): Promise<void> {
    const next = await loadConfig({ env, cwd, readOnly: true });
    if (ordersChanged(inForce, next)) {
      await pipeline.reorder(ordersOf(next, surroundings));
      const names = next.destinations.map(({ name }) => name).join(', ');
      log.info(`the settings changed, and are in force: ${plural(next.rules.length, 'rule')}, told to ${names}`);
    }
    const later = othersChanged(config, next).filter((name) => othersChanged(inForce, next).includes(name));
    if (later.length > 0) log.warn(`changed, and in force after the next start: ${later.join(', ')}`);
    inForce = next;
  }

  return watchSettings(env, cwd, () => {
    turn = turn.then(reload).catch((error: unknown) => {
      const why = error instanceof ConfigError ? error.message : String(error);
      log.error(`the settings changed and cannot be used; those before stay in force. ${why}`);
    });
  });
}

function ordersChanged(a: Config, b: Config): boolean {
  return fingerprint([a.rules, a.directory, a.destinations]) !== fingerprint([b.rules, b.directory, b.destinations]);
}

const AT_ONCE = new Set([
  'rules',
  'directory',
  'tests',
  'notes',
  'destinations',
  'hasDefaultRules',
  'fromVariables',
  'configPath',
]);

/** Names of the settings that only a start can change. */
function othersChanged(a: Config, b: Config): readonly string[] {
  const [before, after] = [lasting(a), lasting(b)];
  return Object.keys(before).filter((name) => fingerprint(before[name]) !== fingerprint(after[name]));
}

/** Where a secret comes from is no change of it: the generated one is fresh only once. */
function lasting(config: Config): Readonly<Record<string, unknown>> {
  const sources = config.sources.map(({ name, provider, secrets, recover }) => ({ name, provider, secrets, recover }));
  return Object.fromEntries(Object.entries({ ...config, sources }).filter(([name]) => !AT_ONCE.has(name)));
}
