import { CATALOG } from '../catalog.ts';
import type { Config, SourceConfig } from '../config/config.ts';
import { retentionWords } from '../config/describe/describe-retention.ts';
import {
  databaseWords,
  destinationWords,
  isCalled,
  isOpenHere,
  localUrl,
  secretWords,
  shortPath,
  tellingWords,
  webhookPath,
} from '../config/describe/place-words.ts';
import { adminTokenPath } from '../config/read/generated-secret.ts';
import { untoldNews } from '../http/untold-words.ts';
import type { Untold } from '../model/fate.ts';
import type { Colors } from '../model/plugin/talk.ts';
import type { Role } from '../run/start.ts';
import type { Surroundings } from '../run/surroundings.ts';
import { plural } from '../shared/time-words.ts';

interface Row {
  readonly name: string;
  readonly value: string;
  /** What a person can set, in brackets at the end of the line. */
  readonly hint?: string | undefined;
}

export interface BannerInput {
  readonly app: Pick<Surroundings, 'version' | 'nodeVersion' | 'invocation'>;
  readonly config: Config;
  readonly role: Role;
  /** The receiver's address with the port really taken. */
  readonly url: string | null;
  /** `updatesHook`: GitHub's webhook is made to call it. Null: there is none. */
  readonly tunnel: { readonly kind: string; readonly webhookUrl: string; readonly updatesHook: boolean } | null;
  /** Where it is kept is said, itself never. */
  readonly hasAdminToken: boolean;
  readonly untold: readonly Untold[];
  /** May a generated secret be shown? Only to a person at a terminal, never to a log. */
  readonly showsSecret: boolean;
  /** What the first source's provider has to try with. Null: nothing. */
  readonly sample: string | null;
  readonly colors: Colors;
}

/** The first screen: what runs, where, and the next useful step. Only what is true of this run. */
export function banner(input: BannerInput): string[] {
  const { app, config, role, colors } = input;
  const node = app.nodeVersion.split('.').slice(0, 2).join('.');
  const rows = [
    ...(role === 'work' ? [] : config.sources.flatMap((source) => sourceRows(source, input))),
    ...tunnelRows(input),
    ...dashboardRows(input),
    ...(input.hasAdminToken ? adminRows(config) : []),
    ...(role === 'receive'
      ? [{ name: 'Worker', value: 'none in this process', hint: `start one: ${app.invocation} work` }]
      : []),
    ...(role === 'receive' ? [] : [...destinationRows(input), tellingRow(config), keepingRow(config)]),
  ];
  const nameWidth = Math.max(NAME_WIDTH, ...rows.map(({ name }) => name.length + 2));
  return [
    `${colors.bold(`Tidings ${app.version}`)} · node ${node} · ${databaseWords(config)}`,
    ...rowLines(rows, nameWidth, colors),
    ...untoldLines(input),
    '',
    nextStep(input, nameWidth),
  ];
}

function sourceRows(source: SourceConfig, { config, url, tunnel, showsSecret, colors }: BannerInput): Row[] {
  const base = config.publicUrl ?? url ?? localUrl(config);
  const isTunnelled = tunnel !== null && source === config.sources[0];
  const origin = source.secretOrigin;
  // Nobody calls it.
  if (!isCalled(source)) return [{ name: 'Listens', value: source.name }];
  const fresh = origin.kind === 'generated' && origin.fresh && showsSecret ? source.secrets[0] : undefined;
  return [
    { name: 'Webhook', value: isTunnelled ? tunnel.webhookUrl : `${base}${webhookPath(source.name)}` },
    {
      name: 'Secret',
      value: secretWords(source),
      hint: origin.kind === 'generated' ? `set ${origin.variable} to use your own` : undefined,
    },
    ...(fresh ? [{ name: '', value: `${String(fresh)} ${colors.dim('(shown this once)')}` }] : []),
  ];
}

/** A smee channel passes on to one source. The others lead to all of them. */
function tunnelRows({ tunnel, config }: BannerInput): Row[] {
  if (tunnel === null) return [];
  const sources = tunnel.kind === 'smee' ? config.sources.slice(0, 1) : config.sources;
  const reachable = sources.map(({ name }) => webhookPath(name)).join(', ');
  return [{ name: 'Tunnel', value: `${tunnel.kind} → only ${reachable} is reachable there` }];
}

/** Its address where that is enough; else what opens it. */
function dashboardRows({ app, config, role, url }: BannerInput): Row[] {
  if (role === 'work') return [];
  if (isOpenHere(config)) return [{ name: 'Dashboard', value: url ?? localUrl(config) }];
  return [{ name: 'Dashboard', value: `${app.invocation} dashboard`, hint: 'opens it, with no token to type' }];
}

/** Only where somebody else can ask: on a machine that only its user reaches nobody needs the token. */
function adminRows({ host, publicUrl, loopbackOpen, adminToken, dataDir }: Config): Row[] {
  const isOpenHere = publicUrl === null && loopbackOpen;
  const isLocal = isOpenHere && /^(?:localhost|127\.[\d.]+|::1)$/.test(host);
  if (isLocal) return [];
  const value = adminToken ? 'token from ADMIN_TOKEN' : `token kept in ${shortPath(adminTokenPath(dataDir))}`;
  const where = isOpenHere ? 'needed beyond this machine' : 'needed for';
  return [{ name: 'Admin', value, hint: `${where}: /metrics, /readyz, /api` }];
}

function destinationRows({ app, config }: BannerInput): Row[] {
  const { byDefault, proposed } = CATALOG;
  if (config.destinations.every(({ type }) => type === byDefault.channel)) {
    const hint = `${app.invocation} connect ${proposed.channel}`;
    return [{ name: proposed.title, value: 'not connected: messages appear here', hint }];
  }
  const rows = Map.groupBy(config.destinations, ({ service }) => service ?? 'Also');
  const ofServices = [...rows].toSorted(([a], [b]) => Number(a === 'Also') - Number(b === 'Also'));
  return ofServices.map(([name, each]) => ({ name, value: each.map(destinationWords).join(', ') }));
}

function tellingRow(config: Config): Row {
  const telling = tellingWords(config).join(' · ');
  if (config.hasDefaultRules || config.configPath === null) return { name: 'Telling', value: telling };
  return {
    name: 'Telling',
    value: `${plural(config.rules.length, 'rule')}: ${telling}`,
    hint: shortPath(config.configPath),
  };
}

function keepingRow({ retention }: Config): Row {
  return { name: 'Keeping', value: retentionWords(retention) };
}

function untoldLines({ app, untold, colors }: BannerInput): string[] {
  return untoldNews(untold, app.invocation).flatMap(({ news, command }) => [
    '',
    colors.yellow(`${news}.`),
    `Send again: ${colors.cyan(command)}`,
  ]);
}

function nextStep({ app, config, role, url, tunnel, sample, colors }: BannerInput, nameWidth: number): string {
  const step = (name: string, command: string) => `${name.padEnd(nameWidth)}${colors.cyan(command)}`;
  if (role === 'work') return step('Look:', `${app.invocation} events`);
  if (tunnel !== null) {
    if (tunnel.updatesHook) return step('Look:', `${app.invocation} events`);
    return step('Connect:', `${app.invocation} connect ${config.sources[0]?.provider} <owner/repo>`);
  }
  if (sample === null) return step('Look:', `${app.invocation} events`);
  const source = config.sources[0]?.name ?? '';
  // The other terminal does not know this one's PORT.
  const port = url === null || url.endsWith(':3000') ? '' : ` --to ${url}${webhookPath(source)}`;
  return step('Try it:', `${app.invocation} send ${sample}${port}`);
}

/** The least: `Your application` needs more. */
const NAME_WIDTH = 11;
const HINT_GAP = 5;

/** Hints that fit stand in one column, as far right as the longest hinted value needs. */
function rowLines(rows: readonly Row[], nameWidth: number, colors: Colors): string[] {
  const width = Math.max(0, ...rows.filter((row) => row.hint !== undefined).map((row) => row.value.length)) + HINT_GAP;
  return rows.map((row) => {
    const name = colors.dim(row.name.padEnd(nameWidth));
    return row.hint === undefined
      ? `${name}${row.value}`
      : `${name}${row.value.padEnd(width)}${colors.dim(`(${row.hint})`)}`;
  });
}
