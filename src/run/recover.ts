import type { Config } from '../config/config.ts';
import { openExisting } from '../inbox/open-inbox.ts';
import type { Inbox } from '../model/inbox.ts';
import type { Service } from '../model/plugin/provider.ts';
import { RecoverError, type RecoverRequest, type Recovery } from '../model/recovery.ts';
import { systemClock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { capable } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

interface RecoverCall {
  readonly request: RecoverRequest;
  /** Its name. Left out: the first whose provider can. */
  readonly source?: string | undefined;
  readonly signal: AbortSignal;
}

/** Beside a running server or without one. @throws RecoverError when it cannot begin or breaks off */
export async function recover(
  { request, source: name, signal }: RecoverCall,
  config: Config,
  surroundings: Surroundings,
): Promise<Recovery> {
  const [first, ...others] = await capable(config, 'recover', name);
  if (first === undefined) {
    throw new RecoverError(
      'no_hook',
      `Nothing can be recovered for ${name === undefined ? 'any source' : `source "${name}"`}.`,
    );
  }
  const { provider } = first;
  const sources = [first, ...others].filter((each) => each.provider === provider).map(({ source }) => source);
  await using inbox = await openExisting(config.database, systemClock, request.dryRun ? 'read' : 'write');
  // While redeliveries are awaited nothing else keeps the process running.
  const alive = setInterval(() => undefined, 1_000_000);
  try {
    return await provider.recover(sources, request, { ...common(config, surroundings), inbox, signal });
  } finally {
    clearInterval(alive);
  }
}

/** Null: no source wants it. */
export async function startRecovering(
  config: Config,
  surroundings: Surroundings,
  inbox: Inbox,
  log: Logger,
): Promise<Service | null> {
  const wanting = (await capable(config, 'keepRecovering')).filter(
    ({ source, provider }) => (provider.recoversFor?.(source.settings) ?? []).length > 0,
  );
  if (wanting.length === 0) return null;
  const byProvider = Map.groupBy(wanting, ({ provider }) => provider);
  const services = await Promise.all(
    Array.from(byProvider, ([provider, each]) =>
      provider.keepRecovering(
        each.map(({ source }) => source),
        { ...common(config, surroundings), inbox, log },
      ),
    ),
  );
  return { stop: async () => void (await Promise.all(services.map((service) => service.stop()))) };
}

function common({ publicUrl }: Config, { version }: Surroundings) {
  return { publicUrl, version, clock: systemClock };
}
