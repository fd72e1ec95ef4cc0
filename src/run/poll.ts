import type { Config } from '../config/config.ts';
import { openInbox } from '../inbox/open-inbox.ts';
import { tellLog } from '../inbox/tell-log.ts';
import { PollError, type PollReport, type PollRequest } from '../model/polling.ts';
import { systemClock } from '../shared/clock.ts';
import { createLog } from '../shared/log.ts';
import { buildPipeline } from './build.ts';
import { createInForce, logNotes } from './in-force.ts';
import { capable } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

interface PollCall {
  readonly request: PollRequest;
  /** Its name. Left out: the first that can be asked. */
  readonly source?: string | undefined;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** The pipeline without its receiver, and the provider asked in its place. Another worker may run beside: the leases see to that. */
export async function runPoll(
  { request, source: name, signal, say }: PollCall,
  config: Config,
  surroundings: Surroundings,
): Promise<PollReport> {
  const [first] = await capable(config, 'poll', name);
  if (first === undefined) {
    throw new PollError('refused', `No source ${name === undefined ? 'here' : `"${name}"`} can be polled.`);
  }
  const clock = systemClock;
  const log = createLog(config.logLevel, surroundings.logStream ?? undefined);
  const inbox = await openInbox(config.database, clock, tellLog(log));
  const pipeline = await buildPipeline(config, surroundings, inbox, log, createInForce(config, clock));
  try {
    logNotes(config, log);
    pipeline.work();
    const { rules } = config;
    const { version } = surroundings;
    return await first.provider.poll(first.source, request, { version, inbox, rules, clock, signal, say });
  } finally {
    await pipeline.stop();
  }
}
