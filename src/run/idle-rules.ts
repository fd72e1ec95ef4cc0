import type { Config } from '../config/config.ts';
import type { EventKnowledge } from '../route/in-vain.ts';
import { configuredEvents } from './event-table.ts';

/** With a note for each rule that asks for something in vain. The built-in rules are known to be in order. */
export async function withIdleRules(config: Config): Promise<Config> {
  if (config.hasDefaultRules) return config;
  const [{ idleRules }, knowledge] = await Promise.all([import('../route/idle.ts'), eventKnowledge(config)]);
  return { ...config, notes: [...config.notes, ...idleRules(config.rules, config.directory, knowledge)] };
}

async function eventKnowledge(config: Config): Promise<EventKnowledge> {
  const { catalog } = await configuredEvents(config);
  const sources = config.sources.map(({ name }) => name);
  return { catalog, knowsFiles: config.githubToken !== null, sources };
}
