import type { Config } from '../config/config.ts';
import { openInbox } from '../inbox/open-inbox.ts';
import { sayUpgrade } from '../inbox/say-upgrade.ts';
import type { PollReport, PollRequest } from '../model/polling.ts';
import { systemClock } from '../shared/clock.ts';
import { createLog } from '../shared/log.ts';
import { buildPipeline, buildSource } from './build.ts';
import { createInForce } from './in-force.ts';
import { logNotes } from './reload.ts';
import type { Surroundings } from './surroundings.ts';

interface PollCall {
  readonly request: PollRequest;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** The pipeline without its receiver, and GitHub asked in its place. Another worker may run beside: the leases see to that. */
export async function runPoll(
  { request, signal, say }: PollCall,
  config: Config,
  surroundings: Surroundings,
): Promise<PollReport> {
  const { poll } = await import('../sources/github/poll/poll-service.ts');
  const clock = systemClock;
  const log = createLog(config.logLevel, surroundings.logStream ?? undefined);
  const inbox = await openInbox(config.database, clock, sayUpgrade(log));
  const pipeline = await buildPipeline(config, surroundings, inbox, log, createInForce(config, clock).words);
  try {
    logNotes(config, log);
    pipeline.work();
    const { githubApiUrl: apiUrl, githubToken: token, rules } = config;
    const [source] = config.sources.map(buildSource);
    if (source === undefined) throw new Error('there is always a source');
    const { version } = surroundings;
    return await poll({ apiUrl, token, version, inbox, source, rules, clock, signal, say }, request);
  } finally {
    await pipeline.stop();
  }
}
