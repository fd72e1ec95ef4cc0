import { buildSource } from './app/build.ts';
import { withIdleRules } from './app/idle-rules.ts';
import { loadNamed } from './app/load-named.ts';
import { migration } from './app/migrate.ts';
import { runPoll } from './app/poll.ts';
import { receiverPlace } from './app/receiver-place.ts';
import { recover } from './app/recover.ts';
import { sign } from './app/sign.ts';
import { slack } from './app/slack.ts';
import { start } from './app/start.ts';
import type { Surroundings } from './app/surroundings.ts';
import { openWebhooks } from './app/webhooks.ts';
import { openExisting } from './inbox/open-inbox.ts';
import { systemClock } from './shared/clock.ts';
import type { AppPort, LoadedApp } from './surface/cli/app-port.ts';
import type { Config } from './surface/config/config.ts';
import { describeConfig } from './surface/config/describe-config.ts';
import { envFile } from './surface/config/env-file.ts';
import { newConfigFile } from './surface/config/new-config-file.ts';

/** The composition root: every room is built here, in the order of the way of the data. */
export function createApp(surroundings: Surroundings): AppPort {
  const { env, cwd, version, nodeVersion, invocation } = surroundings;
  return {
    version,
    nodeVersion,
    invocation,
    debug: env['LOG_LEVEL'] === 'debug' || env['LOG_LEVEL'] === 'trace',
    clock: systemClock,
    samples: async () => (await import('./app/samples.ts')).samples,
    envFile: envFile(cwd, env),
    slack: slack(surroundings),
    receiver: () => receiverPlace(surroundings),
    migration: migration(surroundings),
    configFile: newConfigFile(env, cwd),
    load: async (options) => loaded(await withIdleRules(await loadNamed(options, surroundings)), surroundings),
  };
}

function loaded(config: Config, surroundings: Surroundings): LoadedApp {
  return {
    config,
    sources: config.sources.map(buildSource),
    describe: () => describeConfig(config),
    activity: async (id) => (await import('./app/activity-of.ts')).activityOf(id, config),
    openArchive: () => openExisting(config.database, systemClock),
    start: (role, tunnel) => start({ role, tunnel }, config, surroundings),
    recover: (request, signal) => recover(request, signal, config, surroundings),
    poll: (request, say, signal) => runPoll({ request, say, signal }, config, surroundings),
    webhooks: (owner) => openWebhooks(owner, config, surroundings),
    rehearse: async (tests) => (await import('./app/rehearse.ts')).rehearseAll(tests, config),
    async backtest(other, request, listener) {
      const { runBacktest } = await import('./app/backtest.ts');
      return runBacktest({ config, other, request, listener });
    },
    sign: (delivery) => sign(delivery, config, surroundings.env),
  };
}
