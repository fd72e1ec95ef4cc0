/** Below which path the world reaches us: `/tidings` of `https://ops.example.org/tidings`. `` where it is none, or is not plain. */
export function prefixOf(publicUrl: string | null): string {
  const path = (publicUrl === null ? null : URL.parse(publicUrl))?.pathname.replace(/\/+$/, '') ?? '';
  return /^(?:\/[\w.~-]+)+$/.test(path) ? path : '';
}

const WEBHOOKS = '/webhooks/';

/**
 * The path as it is without the prefix, once, whether or not the proxy in front took it away. Nothing is decoded and nothing resolved:
 * `/tidings/../x` and `/tidings%2Fx` are what they are.
 */
export function withoutPrefix(url: string, prefix: string): string {
  if (prefix === '' || !url.startsWith(prefix)) return url;
  const rest = url.slice(prefix.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  if (!rest.startsWith('/')) return url;
  // Below a prefix such as `/webhooks` both readings are possible: what is a webhook without it stays one.
  return url.startsWith(WEBHOOKS) && !rest.startsWith(WEBHOOKS) ? url : rest;
}

/** Where to go on after the form: a path of ours, else the front page. What a browser takes for another host is none. */
export function ownPath(next: string | null | undefined): string {
  const path = next ?? '';
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes('\\')) return '/';
  const url = URL.parse(path, 'http://own.invalid');
  if (url?.origin !== 'http://own.invalid' || url.pathname.startsWith('//')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
