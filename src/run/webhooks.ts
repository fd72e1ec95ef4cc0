import type { Config } from '../config/config.ts';
import type { HookOwner } from '../model/recovery.ts';
import type { OpenWebhooks } from '../model/webhooks.ts';
import { systemClock } from '../shared/clock.ts';
import { capable } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

/** The webhooks of one owner at the provider. Null: there is no token to ask with. */
export async function openWebhooks(
  owner: HookOwner,
  config: Config,
  { env, version }: Surroundings,
): Promise<OpenWebhooks | null> {
  const [first] = await capable(config, 'hooks');
  return first?.provider.hooks(first.source.settings, owner, { env, version, clock: systemClock }) ?? null;
}
