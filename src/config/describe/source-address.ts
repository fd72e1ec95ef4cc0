import type { Provider } from '../../model/plugin/provider.ts';
import type { Config, SourceConfig } from '../config.ts';
import { receiverUrl } from '../receiver-url.ts';
import { localUrl, webhookPath } from './place-words.ts';

/** What a source's sender is to call, and who says so. `here`: nobody; it is reached from this machine alone. */
export interface SourceAddress {
  readonly url: string;
  readonly from: 'settings' | 'PUBLIC_URL' | 'tunnel' | 'here';
}

export function addressOf(
  config: Config,
  { name, settings }: Pick<SourceConfig, 'name' | 'settings'>,
  provider: Pick<Provider<unknown>, 'calledAt'>,
): SourceAddress {
  const own = provider.calledAt?.(settings) ?? null;
  if (own !== null) return { url: own, from: 'settings' };
  const url = receiverUrl(config, name);
  if (url === null) return { url: `${localUrl(config)}${webhookPath(name)}`, from: 'here' };
  return { url, from: config.publicUrl === null ? 'tunnel' : 'PUBLIC_URL' };
}
