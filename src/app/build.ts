import { existsSync } from 'node:fs';
import { consoleDestination } from '../destinations/console/console-destination.ts';
import { httpDestination } from '../destinations/http/http-destination.ts';
import { slackDestination } from '../destinations/slack/slack-destination.ts';
import { refuseHalfCopy } from '../inbox/copy/half-copy.ts';
import { openSqliteInbox } from '../inbox/sqlite/sqlite-inbox.ts';
import type { Destination } from '../model/destination.ts';
import { type Inbox, InboxUnavailableError } from '../model/inbox.ts';
import type { Source } from '../model/source.ts';
import { createPipeline, type Orders, type Pipeline } from '../pipeline.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { githubSource } from '../sources/github/github-source.ts';
import type { Config, DestinationConfig, SourceConfig } from '../surface/config/config.ts';
import { adminTokenOrNull } from '../surface/config/generated-secret.ts';
import type { Surroundings } from './surroundings.ts';

export function buildPipeline(config: Config, surroundings: Surroundings, inbox: Inbox, log: Logger): Pipeline {
  const clock = systemClock;
  return createPipeline({
    inbox,
    sources: config.sources.map(buildSource),
    ...ordersOf(config, surroundings),
    limits: config,
    secrets: new Map(config.sources.map(rotationOf)),
    adminToken: () => adminTokenOrNull(config),
    publicUrl: config.publicUrl,
    version: surroundings.version,
    clock,
    log,
  });
}

/** What a change of the settings can change while running. */
export function ordersOf({ rules, destinations }: Config, surroundings: Surroundings): Orders {
  return { rules, destinations: destinations.map((each) => buildDestination(each, systemClock, surroundings)) };
}

/** A question asked from the wrong folder must not leave an empty database there, which then answers "nothing". */
export async function openArchive(config: Config): Promise<Inbox> {
  const { database } = config;
  if (database.kind === 'sqlite' && !existsSync(database.path)) {
    throw new InboxUnavailableError(
      `There is no database at ${database.path} yet. Start Tidings here first, or set DATA_DIR to the folder it uses.`,
    );
  }
  return openInbox(config, systemClock);
}

/** @throws InboxUnavailableError also when it is half a copy */
export async function openInbox(config: Config, clock: Clock): Promise<Inbox> {
  const inbox = await connect(config, clock);
  try {
    await refuseHalfCopy(inbox);
    return inbox;
  } catch (error) {
    await inbox[Symbol.asyncDispose]();
    throw error;
  }
}

function connect({ database }: Config, clock: Clock): Promise<Inbox> {
  switch (database.kind) {
    case 'sqlite':
      return openSqliteInbox({ path: database.path, clock });
    case 'postgres':
      throw new Error('Postgres is not supported yet');
  }
}

export function buildSource({ name, provider, secrets }: SourceConfig): Source {
  switch (provider) {
    case 'github':
      return githubSource({ name, secrets });
  }
}

function buildDestination(destination: DestinationConfig, clock: Clock, { console }: Surroundings): Destination {
  switch (destination.type) {
    case 'slack':
      return slackDestination({ ...destination, perSecond: destination.perSecond ?? 0, clock });
    case 'http':
      return httpDestination({ ...destination, clock });
    case 'console':
      return consoleDestination({ ...destination, ...console, clock });
  }
}

function rotationOf({ name, secrets, secretOrigin }: SourceConfig) {
  const setting = secretOrigin.kind === 'environment' ? secretOrigin.variable : `the secrets of source ${name}`;
  return [name, { count: secrets.length, setting }] as const;
}
