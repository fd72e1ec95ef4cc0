import type { IncomingHttpHeaders } from 'node:http';

/** What of a request says which page made a browser send it. */
export interface Sent {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Whether a page that is not ours made a browser ask this: by `Origin`, and by `Sec-Fetch-Site`, which no page can forge. Following a
 * link is no page's doing: a browser shows what it leads to, and to the person alone. What is no browser says neither.
 */
export function isFromElsewhere({ method, headers }: Sent, publicUrl: string | null): boolean {
  if (isFollowedLink({ method, headers })) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin } = headers;
  // A proxy may have put its own Host in place of ours: then only the browser knows.
  return origin !== undefined && !ownOrigins(headers.host, publicUrl).includes(origin) && site !== 'same-origin';
}

/** The browser itself says that the page is ours, or that a person typed the address. */
export function isFollowedLink({ method, headers }: Sent): boolean {
  const isLook = method === 'GET' || method === 'HEAD';
  return isLook && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** Neither a browser nor anything that poses as one. */
export function isProgram({ headers }: Pick<Sent, 'headers'>): boolean {
  return headers.origin === undefined && headers['sec-fetch-site'] === undefined;
}

/** Without PUBLIC_URL nobody knows whether there is TLS in front. */
function ownOrigins(host = '', publicUrl: string | null): readonly string[] {
  const here = host.toLowerCase();
  const open = publicUrl === null ? null : URL.parse(publicUrl);
  if (open === null) return [`http://${here}`, `https://${here}`];
  return open.host === here ? [open.origin] : [open.origin, `http://${here}`];
}
