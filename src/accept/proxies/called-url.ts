import type { Inbound } from '../inbound.ts';
import type { Proxies } from './trusted-proxies.ts';

/** As which URL a request was called: some providers sign it. Path and query alone where nobody knows. */
export type UrlOf = (inbound: Pick<Inbound, 'url' | 'calledUrl' | 'from' | 'headers'>) => string;

/** By PUBLIC_URL, where it is set; else by what the edge knows; else by what a trusted proxy says. */
export function urlsBy(publicUrl: string | null | undefined, proxies: Proxies): UrlOf {
  if (publicUrl) return ({ url }) => publicUrl + url;
  return (inbound) => inbound.calledUrl ?? (proxies.baseOf(inbound) ?? '') + inbound.url;
}
