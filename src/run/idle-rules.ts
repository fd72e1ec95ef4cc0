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
  const sources = config.sources.map(({ name }) => name);
  return { catalog, filesToken: await filesToken(config), sources };
}

/** What to set, so that a provider can be asked which files a pull request changes. */
async function filesToken(config: Config): Promise<string | null> {
  const able = await capable(config, 'inquiry');
  const cannot = able.filter(
    ({ source, provider }) => provider.inquiry(source.settings, { clock: systemClock, version: '' }) === null,
  );
  return cannot.length < able.length ? null : (cannot[0]?.provider.tokenVariable ?? null);
}
