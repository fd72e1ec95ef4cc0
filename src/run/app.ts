import { CATALOG } from '../catalog.ts';
import type { Config } from '../config/config.ts';
import { describeConfig } from '../config/describe/describe-config.ts';
import { newConfigFile } from '../config/new-config-file.ts';
import { envFile } from '../config/read/env-file.ts';
import { rowsOf } from '../config/rows.ts';
import { openExisting } from '../inbox/open-inbox.ts';
import { systemClock } from '../shared/clock.ts';
import type { AppPort, LoadedApp } from './app-port.ts';
import { withIdleRules } from './idle-rules.ts';
import { loadNamed } from './load-named.ts';
import { migration } from './migrate.ts';
import { runPoll } from './poll.ts';
import { receiverPlace } from './receiver-place.ts';
import { recover } from './recover.ts';
import { sign } from './sign.ts';
import { slack } from './slack.ts';
import { buildSources } from './sources.ts';
import { start } from './start.ts';
import type { Surroundings } from './surroundings.ts';
import { openWebhooks } from './webhooks.ts';

/** The composition root: every room is built here, in the order of the way of the data. */
export function createApp(surroundings: Surroundings): AppPort {
  const { env, cwd, version, nodeVersion, invocation } = surroundings;
  return {
    version,
    nodeVersion,
    invocation,
    debug: env['LOG_LEVEL'] === 'debug' || env['LOG_LEVEL'] === 'trace',
    clock: systemClock,
    samples: async () => (await import('./samples.ts')).samples(),
    envFile: envFile(cwd, env),
    slack: slack(surroundings),
    receiver: () => receiverPlace(surroundings),
    migration: migration(surroundings),
    configFile: newConfigFile(env, cwd),
    load: async (options) => await loaded(await withIdleRules(await loadNamed(options, surroundings)), surroundings),
  };
}

async function loaded(config: Config, surroundings: Surroundings): Promise<LoadedApp> {
  return {
    config,
    sources: await buildSources(config),
    describe: async () => describeConfig(config, await rowsOf(CATALOG)),
    activity: async (id) => (await import('./activity-of.ts')).activityOf(id, config),
    openArchive: ({ readOnly }) => openExisting(config.database, systemClock, readOnly ? 'read' : 'write'),
    start: (role, tunnel) => start({ role, tunnel }, config, surroundings),
    recover: (request, signal) => recover(request, signal, config, surroundings),
    poll: (request, say, signal) => runPoll({ request, say, signal }, config, surroundings),
    webhooks: (owner) => openWebhooks(owner, config, surroundings),
    rehearse: async (tests) => (await import('./rehearse.ts')).rehearseAll(tests, config),
    async backtest(other, request, listener) {
      const { runBacktest } = await import('./backtest.ts');
      return runBacktest({ config, other, request, listener });
    },
    sign: (delivery) => sign(delivery, config, surroundings.env),
  };
}
