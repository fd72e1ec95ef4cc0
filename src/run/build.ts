import { CATALOG } from '../catalog.ts';
import type { Config, DestinationConfig, SourceConfig } from '../config/config.ts';
import { adminTokenOrNull } from '../config/read/generated-secret.ts';
import type { Destination } from '../model/destination.ts';
import type { Inbox } from '../model/inbox.ts';
import type { Opening } from '../model/plugin/channel.ts';
import { systemClock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import type { WorkerSettings } from './changing-worker.ts';
import { createRunningSystem } from './dashboard/running-system.ts';
import { createDesk } from './desk/desk.ts';
import type { InForce } from './in-force.ts';
import { inquiries } from './inquiries.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { resignAs } from './resign.ts';
import { buildSources, templatesOf } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

export async function buildPipeline(
  config: Config,
  surroundings: Surroundings,
  inbox: Inbox,
  log: Logger,
  inForce: Pick<InForce, 'words' | 'config' | 'next' | 'problems' | 'reloads'>,
): Promise<Pipeline> {
  const sources = await buildSources(config);
  const settings = await workerSettings(config, surroundings, inbox);
  return createPipeline({
    ...settings,
    inbox,
    sources,
    limits: config,
    secrets: new Map(config.sources.map(rotationOf)),
    adminToken: () => adminTokenOrNull(config),
    viewerToken: () => config.viewerToken,
    configuration: inForce.words,
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    loopbackOpen: config.loopbackOpen,
    version: surroundings.version,
    invocation: surroundings.invocation,
    system: (running) =>
      createRunningSystem({
        ...running,
        config: inForce.config,
        inForce: inForce.words,
        reloading: inForce,
        surroundings,
        inbox,
        clock: systemClock,
        log,
      }),
    dashboard: async () => (await import('../dashboard/open-dashboard.ts')).openDashboard(),
    clock: systemClock,
    log,
  });
}

/** What a change of the settings can change while running. */
export async function workerSettings(
  config: Config,
  surroundings: Surroundings,
  inbox: Inbox,
): Promise<WorkerSettings> {
  const { rules, directory, retention, reminders } = config;
  return {
    rules,
    directory,
    templates: templatesOf(config),
    destinations: await openDestinations(config, surroundings, inbox),
    inquiries: await inquiries(config, surroundings.version),
    retention,
    reminders,
  };
}

/** Those whose settings are known here. `only`: the one of that name. */
export async function openDestinations(
  config: Config,
  surroundings: Surroundings,
  inbox: Inbox,
  only?: string,
): Promise<readonly Destination[]> {
  const desk = createDesk({ inbox, config, surroundings, clock: systemClock });
  const around = { clock: systemClock, terminal: surroundings.console, resign: resignAs(config), desk };
  const destinations = config.destinations
    .filter(({ name }) => only === undefined || name === only)
    .map((each) => openDestination(each, { ...around, siblings: settingsOf(config, each.type) }));
  return (await Promise.all(destinations)).filter((each) => each !== null);
}

function settingsOf({ destinations }: Config, type: string): ReadonlyMap<string, unknown> {
  return new Map(
    destinations.flatMap((each) => (each.type === type && each.settings !== null ? [[each.name, each.settings]] : [])),
  );
}

/** Null: its variables are not set, and this process only receives. What is not configured is not loaded. */
async function openDestination(
  { name, type, settings }: DestinationConfig,
  around: Omit<Opening<unknown>, 'name' | 'settings'>,
): Promise<Destination | null> {
  if (settings === null) return null;
  const row = await CATALOG.channels[type]?.();
  if (row === undefined) throw new Error(`there is no destination type "${type}"`);
  return row.channel.open({ ...around, name, settings });
}

function rotationOf({ name, secrets, secretOrigin }: SourceConfig) {
  const setting = secretOrigin.kind === 'environment' ? secretOrigin.variable : `the secrets of source ${name}`;
  return [name, { count: secrets.length, setting }] as const;
}
