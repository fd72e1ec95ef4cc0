import { type UrlOf, urlsBy } from '../accept/proxies/called-url.ts';
import { trustedProxies } from '../accept/proxies/trusted-proxies.ts';
import type { Config } from '../config/config.ts';

/** As which URL the receiver would take a request to be called: by PUBLIC_URL, or as a trusted proxy says. */
export function calledUrls(config: Pick<Config, 'publicUrl' | 'trustedProxies'>): UrlOf {
  return urlsBy(config.publicUrl, trustedProxies(config.trustedProxies));
}

export type { UrlOf };
