import { parse, stringify } from 'node:querystring';

/** `https://user:password@`, host, port, and the rest from the path on. */
const ADDRESS = /^(https?:\/\/)([^/?#@]*@)?(\[[^\]/?#]*\]|[^:/?#@]*)(:\d{1,5})?([/?].*)?$/i;

/**
 * What Twilio may have signed for one address: with and without the port, which it leaves to its parts, and the query as it came or
 * as newer and older parts of Twilio write it. All of them name the same place.
 */
export function signedUrls(url: string): ReadonlySet<string> {
  const all = new Set<string>();
  for (const each of withPorts(url)) {
    const { address, query } = split(each);
    all.add(each);
    if (query === null) continue;
    all.add(`${address}?${escaped(query)}`);
    // Half a character in a filed request has no escape, and stringify throws.
    all.add(`${address}?${stringify(parse(query.toWellFormed()))}`);
  }
  return all;
}

/** The address as it is set at Twilio, with the query of this request. */
export function configuredUrl(configured: string, { url }: { readonly url: string }): string {
  const { query } = split(url);
  const { address } = split(configured.replace(/#.*$/s, ''));
  return query === null ? address : `${address}?${query}`;
}

/** Null: there is none. */
export function split(url: string): { readonly address: string; readonly query: string | null } {
  const at = url.indexOf('?');
  return at < 0 ? { address: url, query: null } : { address: url.slice(0, at), query: url.slice(at + 1) };
}

/** User and password are signed by some and not by others. */
function withPorts(url: string): readonly string[] {
  const parts = ADDRESS.exec(url);
  if (parts === null) return [url];
  const [, scheme = '', login = '', host = '', , rest = ''] = parts;
  const standard = scheme.toLowerCase() === 'https://' ? ':443' : ':80';
  const logins = login === '' ? [''] : [login, ''];
  return [
    url,
    ...logins.flatMap((each) => [`${scheme}${each}${host}${rest}`, `${scheme}${each}${host}${standard}${rest}`]),
  ];
}

/** By the rules for URLs: `'` is `%27`. */
function escaped(query: string): string {
  return new URL(`https://x/?${query}`).search.slice(1);
}
