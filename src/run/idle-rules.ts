import type { Config } from '../config/config.ts';
import type { EventKnowledge } from '../route/in-vain.ts';
import { systemClock } from '../shared/clock.ts';
import { configuredEvents } from './every-event.ts';
import { capable } from './sources.ts';

/** With a note for each rule that asks for something in vain. The built-in rules are known to be in order. */
export async function withIdleRules(config: Config): Promise<Config> {
  if (config.hasDefaultRules) return config;
  const [{ idleRules }, knowledge] = await Promise.all([import('../route/idle.ts'), eventKnowledge(config)]);
  return { ...config, notes: [...config.notes, ...idleRules(config.rules, config.directory, knowledge)] };
}

async function eventKnowledge(config: Config): Promise<EventKnowledge> {
  const { catalog } = await configuredEvents(config);
  return { catalog, knowsFiles: await canAskFiles(config) };
}

/** Whether some provider can be asked which files a pull request changes. */
async function canAskFiles(config: Config): Promise<boolean> {
  const asked = await capable(config, 'changedFiles');
  return asked.some(
    ({ source, provider }) => provider.changedFiles(source.settings, { clock: systemClock, version: '' }) !== null,
  );
}
