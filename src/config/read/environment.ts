import { isIP } from 'node:net';
import { isAbsolute, join, resolve } from 'node:path';
import type { Variables } from '../../model/plugin/variables.ts';
import type { LogLevel } from '../../shared/log.ts';
import { networkProblem } from '../../shared/networks.ts';
import { Secret } from '../../shared/secret.ts';
import { oneForEachHost } from '../../shared/urls/several-hosts.ts';
import { didYouMean } from '../check/did-you-mean.ts';
import type { Config, DatabaseConfig, Platform } from '../config.ts';
import type { Env } from './process-env.ts';
import { quotedValue } from './secret-variables.ts';
import { commaSeparated } from './variables.ts';

/** What only the environment says of Tidings itself. What belongs to one kind of source or destination is read by its row. */
export type Environment = Pick<
  Config,
  | 'host'
  | 'port'
  | 'publicUrl'
  | 'trustedProxies'
  | 'platform'
  | 'dataDir'
  | 'database'
  | 'logLevel'
  | 'adminToken'
  | 'viewerToken'
  | 'loopbackOpen'
  | 'ngrokAuthtoken'
  | 'ngrokDomain'
>;

const LOG_LEVELS = Object.keys({
  trace: true,
  debug: true,
  info: true,
  warn: true,
  error: true,
  fatal: true,
  silent: true,
} satisfies Record<LogLevel, true>) as readonly LogLevel[];

/** Reads every variable, and tells what is wrong; a value in its place lets the rest be checked too. */
export function readEnvironment(env: Env, cwd: string, { base, token, tell }: Variables): Environment {
  // Railway says where its volume is: https://docs.railway.com/guides/volumes#provided-variables
  const dataDir = resolve(cwd, env['DATA_DIR'] || env['RAILWAY_VOLUME_MOUNT_PATH'] || 'data');

  const trustedProxies = readProxies(env['TRUSTED_PROXIES'], tell);

  return {
    host: readHost(env['HOST'], tell),
    port: readPort(env['PORT'], tell),
    publicUrl: base('PUBLIC_URL') ?? readRailway(env, tell) ?? base('RENDER_EXTERNAL_URL'),
    trustedProxies,
    platform: readPlatform(env),
    dataDir,
    database: readDatabase(env['DATABASE_URL'], { cwd, dataDir }, tell),
    logLevel: readLogLevel(env['LOG_LEVEL'], tell),
    ...readOwnTokens({ token, tell }),
    // Where a proxy is named, loopback may be the whole world.
    loopbackOpen: readSwitch('LOOPBACK_OPEN', env, tell) ?? trustedProxies.length === 0,
    ngrokAuthtoken: token('NGROK_AUTHTOKEN'),
    ngrokDomain: readDomain(env['NGROK_DOMAIN'], tell),
  };
}

type Tell = (where: string, message: string) => void;

function readOwnTokens({ token, tell }: Pick<Variables, 'token' | 'tell'>): Pick<Config, 'adminToken' | 'viewerToken'> {
  const adminToken = token('ADMIN_TOKEN');
  const viewerToken = token('VIEWER_TOKEN');
  if (viewerToken !== null && viewerToken.reveal() === adminToken?.reveal()) {
    tell('VIEWER_TOKEN', 'is the same as ADMIN_TOKEN: who has it could change everything.');
  }
  return { adminToken, viewerToken };
}

function readPort(text: string | undefined, tell: Tell): number {
  if (!text) return 3000;
  const port = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  tell('PORT', `${quotedValue('PORT', text)} is not a port: give a number from 1 to 65535, or 0 for any free one.`);
  return 3000;
}

function readHost(text: string | undefined, tell: Tell): string {
  const host = text?.trim().replace(/^\[(.*)\]$/, '$1');
  if (!host) return '127.0.0.1';
  if (isIP(host) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host)) return host;
  tell(
    'HOST',
    `${quotedValue('HOST', host)} is not an address to listen on: give 127.0.0.1, 0.0.0.0 for all, or a name. The port goes into PORT.`,
  );
  return host;
}

function readProxies(text: string | undefined, tell: Tell): readonly string[] {
  const entries = commaSeparated(text ?? '');
  return entries.filter((entry) => {
    const problem = networkProblem(entry);
    if (problem !== null) tell('TRUSTED_PROXIES', `${quotedValue('TRUSTED_PROXIES', entry)} ${problem}`);
    return problem === null;
  });
}

function readLogLevel(text: string | undefined, tell: Tell): LogLevel {
  const wanted = (text || 'info').trim().toLowerCase();
  const level = LOG_LEVELS.find((known) => known === wanted);
  if (level === undefined)
    tell('LOG_LEVEL', `${quotedValue('LOG_LEVEL', wanted)} is not a level.${didYouMean(wanted, LOG_LEVELS)}`);
  return level ?? 'info';
}

function readSwitch(name: string, env: Env, tell: Tell): boolean | null {
  const text = env[name]?.trim();
  if (!text) return null;
  if (/^(?:true|yes|on|1)$/i.test(text)) return true;
  if (!/^(?:false|no|off|0)$/i.test(text)) tell(name, 'must be true or false.');
  return false;
}

/** The variables that each sets in everything it runs, by its documentation. */
function readPlatform(env: Env): Platform | null {
  if (env['RAILWAY_ENVIRONMENT_ID'] || env['RAILWAY_ENVIRONMENT']) return 'Railway';
  if (env['RENDER']) return 'Render';
  if (env['FLY_APP_NAME']) return 'Fly.io';
  return env['KUBERNETES_SERVICE_HOST'] ? 'Kubernetes' : null;
}

/** A bare domain, as ngrok's dashboard shows it; its address is understood too. */
function readDomain(text: string | undefined, tell: Tell): string | null {
  const domain = text
    ?.trim()
    .replace(/^https:\/\//, '')
    .replace(/\/$/, '');
  if (!domain) return null;
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(domain)) tell('NGROK_DOMAIN', 'is not a domain, such as name.ngrok.app.');
  return domain;
}

/** Railway gives a bare domain. */
function readRailway(env: Env, tell: Tell): string | null {
  const domain = env['RAILWAY_PUBLIC_DOMAIN']?.trim();
  if (!domain) return null;
  if (!/[/\s@]/.test(domain) && URL.canParse(`https://${domain}`)) return `https://${domain}`;
  tell(
    'RAILWAY_PUBLIC_DOMAIN',
    `${quotedValue('RAILWAY_PUBLIC_DOMAIN', domain)} is not a domain. Set PUBLIC_URL to say where this server is reached.`,
  );
  return null;
}

const POSTGRES_SHAPE =
  'is no address: postgres://user:password@host:5432/database, with @, : and / in the password written as %40, %3A and %2F.';

/** A password with `@`, `/`, `#` or `?` in it ends early for whoever reads it, and half of it is taken for a host or a name. */
function isPostgresUrl(text: string): boolean {
  const addresses = oneForEachHost(text);
  return addresses.every((address) => {
    const url = /\s/.test(address) ? null : URL.parse(address);
    const isNamed = addresses.length === 1 || (url !== null && url.host !== '');
    return isNamed && url !== null && url.hash === '' && !`${url.pathname}${url.search}`.includes('@');
  });
}

/** Of several servers, Tidings needs the one that takes writes. */
const READS_ONLY = /[?&]target_session_attrs=(?:read-only|standby|prefer-standby)(?:&|$)/;

/** `postgres://…`, or `sqlite:` and a path (`//` after the colon is allowed). The value may hold a password: it is never repeated. */
export function readDatabase(
  text: string | undefined,
  base: { readonly cwd: string; readonly dataDir: string },
  tell: Tell,
): DatabaseConfig {
  const fallback = { kind: 'sqlite', path: join(base.dataDir, 'tidings.db') } as const;
  const url = text?.trim();
  if (!url) return fallback;
  if (/^postgres(?:ql)?:/i.test(url)) {
    if (!isPostgresUrl(url)) tell('DATABASE_URL', POSTGRES_SHAPE);
    if (READS_ONLY.test(url)) tell('DATABASE_URL', 'must say target_session_attrs=read-write: Tidings writes.');
    return { kind: 'postgres', url: new Secret(url) };
  }
  const path = /^sqlite:(?:\/\/(?=[/.]))?(.+)$/i.exec(url)?.[1];
  if (path === undefined) {
    tell(
      'DATABASE_URL',
      'must be sqlite: and a path, such as sqlite:./data/tidings.db, or postgres://user:password@host/database.',
    );
    return fallback;
  }
  if (path.includes(':memory:') || path.includes('?')) {
    tell('DATABASE_URL', 'must name a file: Tidings keeps events on disk, and takes no options after the path.');
    return fallback;
  }
  return { kind: 'sqlite', path: isAbsolute(path) ? path : resolve(base.cwd, path) };
}
