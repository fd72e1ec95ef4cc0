import type { Config } from '../config/config.ts';
import { openExisting } from '../inbox/open-inbox.ts';
import type { Inbox } from '../model/inbox.ts';
import type { RecoverRequest, Recovery } from '../model/recovery.ts';
import { systemClock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import type { RecoverService } from '../sources/github/recover/recover-service.ts';
import { startRecoverService } from '../sources/github/recover/recover-service.ts';
import type { RunRecovery } from '../sources/github/recover/recovery.ts';
import { buildSource } from './build.ts';
import type { Surroundings } from './surroundings.ts';

export async function recover(
  request: RecoverRequest,
  signal: AbortSignal,
  config: Config,
  surroundings: Surroundings,
): Promise<Recovery> {
  const run = await buildRecovery(config, surroundings);
  await using inbox = await openExisting(config.database, systemClock, request.dryRun ? 'read' : 'write');
  // While GitHub's redeliveries are awaited nothing else keeps the process running.
  const alive = setInterval(() => undefined, 1_000_000);
  try {
    return await run(inbox, request, signal);
  } finally {
    clearInterval(alive);
  }
}

/** Loaded only where somebody recovers. */
async function buildRecovery(config: Config, { version }: Surroundings): Promise<RunRecovery> {
  const { createRecovery } = await import('../sources/github/recover/recovery.ts');
  const { githubToken: token, githubApiUrl: apiUrl, publicUrl } = config;
  return createRecovery({
    token,
    apiUrl,
    publicUrl,
    sources: config.sources.map(buildSource),
    version,
    clock: systemClock,
  });
}

export function startRecovering(
  config: Config,
  surroundings: Surroundings,
  inbox: Inbox,
  log: Logger,
): RecoverService | null {
  const owners = config.sources.flatMap(({ recover }) => recover ?? []);
  if (owners.length === 0) return null;
  const built = buildRecovery(config, surroundings);
  return startRecoverService({
    owners,
    recover: async (request, signal) => (await built)(inbox, request, signal),
    clock: systemClock,
    log,
  });
}
