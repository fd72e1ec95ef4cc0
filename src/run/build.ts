import type { Config, DestinationConfig, SourceConfig } from '../config/config.ts';
import { adminTokenOrNull } from '../config/read/generated-secret.ts';
import type { Destination } from '../model/destination.ts';
import type { Inbox } from '../model/inbox.ts';
import type { Source } from '../model/source.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { githubSource } from '../sources/github/github-source.ts';
import { changedFiles } from './changed-files.ts';
import { createPipeline, type Orders, type Pipeline } from './pipeline.ts';
import type { Surroundings } from './surroundings.ts';

/** `configuration`: which rules are in force, in words. */
export async function buildPipeline(
  config: Config,
  surroundings: Surroundings,
  inbox: Inbox,
  log: Logger,
  configuration: () => string,
): Promise<Pipeline> {
  const clock = systemClock;
  return createPipeline({
    inbox,
    sources: config.sources.map(buildSource),
    ...(await ordersOf(config, surroundings)),
    limits: config,
    secrets: new Map(config.sources.map(rotationOf)),
    adminToken: () => adminTokenOrNull(config),
    configuration,
    publicUrl: config.publicUrl,
    loopbackOpen: config.loopbackOpen,
    version: surroundings.version,
    invocation: surroundings.invocation,
    clock,
    log,
  });
}

/** What a change of the settings can change while running. */
export async function ordersOf(config: Config, surroundings: Surroundings): Promise<Orders> {
  const { rules, directory } = config;
  const destinations = config.destinations.map((each) => buildDestination(each, systemClock, surroundings));
  return {
    rules,
    directory,
    destinations: (await Promise.all(destinations)).filter((each) => each !== null),
    changedFiles: changedFiles(config, surroundings.version),
  };
}

export function buildSource({ name, provider, secrets }: SourceConfig): Source {
  switch (provider) {
    case 'github':
      return githubSource({ name, secrets });
  }
}

/** Null: its variables are not set, and this process only receives. What is not configured is not loaded. */
async function buildDestination(
  destination: DestinationConfig,
  clock: Clock,
  { console }: Surroundings,
): Promise<Destination | null> {
  switch (destination.type) {
    case 'slack': {
      const { slackDestination } = await import('../destinations/slack/slack-destination.ts');
      return slackDestination({ ...destination, perSecond: destination.perSecond ?? 0, clock });
    }
    case 'http': {
      const { httpDestination } = await import('../destinations/http/http-destination.ts');
      return httpDestination({ ...destination, clock });
    }
    case 'unset':
      return null;
    case 'console': {
      const { consoleDestination } = await import('../destinations/console/console-destination.ts');
      return consoleDestination({ ...destination, ...console, clock });
    }
  }
}

function rotationOf({ name, secrets, secretOrigin }: SourceConfig) {
  const setting = secretOrigin.kind === 'environment' ? secretOrigin.variable : `the secrets of source ${name}`;
  return [name, { count: secrets.length, setting }] as const;
}
