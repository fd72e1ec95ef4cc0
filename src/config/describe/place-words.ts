import { isAbsolute, relative } from 'node:path';
import type { Config, DestinationConfig, SourceConfig } from '../config.ts';

/** Relative to the working directory where it lies inside: `./data/tidings.db`. */
export function shortPath(path: string): string {
  const short = relative('', path);
  return short === '' ? '.' : short.startsWith('..') || isAbsolute(short) ? path : `./${short}`;
}

export function databaseWords(config: Config): string {
  return config.database.kind === 'sqlite' ? `sqlite ${shortPath(config.database.path)}` : 'postgres';
}

/** Where a person on this machine reaches the server. Every address that means "here" is localhost. */
export function localUrl(config: Pick<Config, 'host' | 'port'>): string {
  const here = ['0.0.0.0', '127.0.0.1', '::', '::1', ''].includes(config.host);
  const host = here ? 'localhost' : config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${config.port}`;
}

/** Whoever sits at this machine needs no token. */
export function isOpenHere({
  host,
  publicUrl,
  loopbackOpen,
}: Pick<Config, 'host' | 'publicUrl' | 'loopbackOpen'>): boolean {
  const isReached = /^(?:localhost|127\.[\d.]+|::1|0\.0\.0\.0|::)$/.test(host);
  return isReached && publicUrl === null && loopbackOpen;
}

export function webhookPath(source: string): string {
  return `/webhooks/${source}`;
}

/** False: it is connected to its provider, and whatever else comes is refused. */
export function isCalled({ listens, secrets }: Pick<SourceConfig, 'listens' | 'secrets'>): boolean {
  return !listens || secrets.length > 0;
}

export function secretWords(source: SourceConfig): string {
  if (!isCalled(source)) return 'none needed: it listens';
  const many = source.secrets.length > 1 ? ` (${source.secrets.length}, while rotating)` : '';
  switch (source.secretOrigin.kind) {
    case 'environment':
      return `from ${source.secretOrigin.variable}${many}`;
    case 'configured':
      return `from the configuration${many}`;
    case 'generated':
      return `generated, kept in ${shortPath(source.secretOrigin.path)}`;
  }
}

export function destinationWords({ name, words }: Pick<DestinationConfig, 'name' | 'words'>): string {
  return `${name} (${words})`;
}

/** What is announced: each kind of the built-in rules, or the names of the configured ones. */
export function tellingWords(config: Config): readonly string[] {
  if (!config.hasDefaultRules) return config.rules.map((rule) => rule.name);
  const told = config.rules.flatMap((rule) =>
    [...rule.on].flatMap(([type, filter]) => filter.types?.map((action) => `${type}.${action}`) ?? [type]),
  );
  return [...new Set(told)];
}
