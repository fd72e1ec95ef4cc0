import type { GenericSettings } from './settings.ts';

/** What published vectors call our keys. */
const NAMES: Readonly<Record<string, keyof GenericSettings>> = {
  scheme: 'scheme',
  algorithm: 'hash',
  hash: 'hash',
  encoding: 'encoding',
  header: 'header',
  prefix: 'prefix',
  separator: 'separator',
  secretEncoding: 'secret_encoding',
  template: 'signed',
  timestamp: 'timestamp',
  timestampHeader: 'timestamp',
  timestampPath: 'timestamp',
  timestampUnit: 'timestamp_unit',
  toleranceSec: 'tolerance_seconds',
  id: 'id',
  idHeader: 'id',
  idPath: 'id',
  event: 'event',
  type: 'event',
  typeHeader: 'event',
  eventHeader: 'event',
  typePath: 'event',
  bodies: 'bodies',
};

/** Names of a scheme that say more than ours. */
const HMAC = /^hmac(?:-.*)?$/;
const ABOUT_TIME = ['timestamp_unit', 'tolerance_seconds'];

/** What a filed request says of its source. A value that makes no sense stays, and then nothing is believed. */
export function filed(context: Readonly<Record<string, unknown>>): Partial<GenericSettings> {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(context)) {
    const key = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    if (key === undefined || value === null || value === undefined) continue;
    settings[key] = valueOf(key, value);
  }
  return withoutIdleWords(settings);
}

/** `SHA-256` and `hmac-sha256` are other names of one hash. */
function valueOf(key: keyof GenericSettings, value: unknown): unknown {
  if (key === 'tolerance_seconds') return typeof value === 'string' ? Number(value) : value;
  if (key !== 'hash' || typeof value !== 'string') return value;
  return value
    .toLowerCase()
    .replace(/^hmac-?/, '')
    .replace('sha-', 'sha');
}

/** An empty prefix, and a tolerance of no time, say nothing; `hmac-timestamp` signs both where nothing else is said. */
function withoutIdleWords(settings: Record<string, unknown>): Record<string, unknown> {
  const { scheme } = settings;
  const isHmac = scheme === undefined || (typeof scheme === 'string' && HMAC.test(scheme));
  const isTimed = settings['timestamp'] !== undefined;
  const idle = (key: string, value: unknown) => value === '' || (ABOUT_TIME.includes(key) && !(isTimed && isHmac));
  const said = Object.fromEntries(Object.entries(settings).filter(([key, value]) => !idle(key, value)));
  if (scheme === 'hmac-timestamp' && isTimed) said['signed'] ??= '{timestamp}.{body}';
  return isHmac ? { ...said, scheme: 'hmac' } : said;
}
