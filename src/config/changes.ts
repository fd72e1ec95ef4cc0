import { createHash } from 'node:crypto';
import { Secret } from '../shared/secret.ts';
import type { Config } from './config.ts';

interface Changes {
  /** Whom a worker tells what. */
  readonly atOnce: boolean;
  readonly notes: boolean;
  /** Names of the settings that only a start can change. */
  readonly atStart: readonly string[];
}

export function changes(before: Config, after: Config): Changes {
  const [was, is] = [lasting(before), lasting(after)];
  const told = ({ rules, reminders, directory, destinations, retention, sources }: Config) =>
    fingerprint([
      rules,
      reminders,
      directory,
      destinations,
      retention,
      sources.map(({ name, template }) => [name, template]),
    ]);
  return {
    atOnce: told(before) !== told(after),
    notes: fingerprint(before.notes) !== fingerprint(after.notes),
    atStart: Object.keys(was).filter((name) => fingerprint(was[name]) !== fingerprint(is[name])),
  };
}

const AT_ONCE: ReadonlySet<string> = new Set([
  'rules',
  'reminders',
  'directory',
  'tests',
  'notes',
  'destinations',
  'hasDefaultRules',
  'retention',
  'retentionFrom',
  'fromVariables',
  'configPath',
] satisfies (keyof Config)[]);

/** What is in force after a change: the rest, and the sources but for their words, are as they were at the start. */
export function inForceAfter(start: Config, next: Config): Config {
  const changed = Object.entries(next).filter(([name]) => AT_ONCE.has(name));
  const templates = new Map(next.sources.map(({ name, template }) => [name, template]));
  const sources = start.sources.map((each) => ({ ...each, template: templates.get(each.name) ?? null }));
  return { ...start, ...Object.fromEntries(changed), sources };
}

/** Where a secret comes from is no change of it: the generated one is fresh only once. */
function lasting(config: Config): Readonly<Record<string, unknown>> {
  const sources = config.sources.map(({ name, provider, secrets, settings }) => ({
    name,
    provider,
    secrets,
    settings,
  }));
  // What variables say of a kind is in the settings of its sources, and of its destinations, which change at once.
  return Object.fromEntries(
    Object.entries({ ...config, sources, rowSettings: {} }).filter(([name]) => !AT_ONCE.has(name)),
  );
}

/** The same for equal settings, secrets included, and nothing can be read from it. */
export function fingerprint(value: unknown): string {
  const text = JSON.stringify({ value }, function (this: Record<string, unknown>, key, plain: unknown) {
    const given = this[key];
    if (given instanceof Secret) return { secret: given.reveal() };
    if (given instanceof Set) return { set: [...given] };
    return given instanceof Map ? { map: [...given] } : plain;
  });
  return createHash('sha256').update(text).digest('hex');
}
