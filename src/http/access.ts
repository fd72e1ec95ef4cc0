import type { IncomingHttpHeaders } from 'node:http';
import type { CallerRole } from './api/route.ts';
import { isFromElsewhere } from './door/origin.ts';
import { roleOf, type Tokens } from './door/tokens.ts';

/** What of a request decides who is asking. */
export interface Asker {
  readonly method?: string | undefined;
  readonly remoteAddress: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Who is let in besides those who send `/webhooks/…`. */
export interface AccessSettings extends Tokens {
  /** Loopback alone is enough: no PUBLIC_URL is set, so nothing is known to pass the world's requests on to this machine. */
  readonly isLoopbackOpen: boolean;
}

/** `admin`, `viewer`: by that token. */
export type Access = 'loopback' | CallerRole | 'denied';

/**
 * Who may read: whoever has a token, or whoever sits at this machine.
 *
 * A tunnel (ngrok, cloudflared, ssh -R) connects from loopback on behalf of the whole internet, and a web page can make
 * a browser ask 127.0.0.1, also under a name of its own (DNS rebinding). So loopback needs four signs at once: the socket's
 * address, a Host that only this machine calls itself, no trace of a proxy, and no trace of a page that is not ours.
 *
 * A proxy need not leave a trace: nginx with nothing but `proxy_pass http://127.0.0.1:3000` sends that very Host and no
 * header of its own; and a forward of bare TCP passes on whatever Host the asker makes up. So where a public address is
 * known, or LOOPBACK_OPEN=false says so, loopback proves nothing, and only a token does.
 */
export function accessOf(asker: Asker, settings: AccessSettings): Access {
  const given = /^Bearer +(\S+) *$/i.exec(asker.headers.authorization ?? '')?.[1];
  const role = given === undefined ? null : roleOf(given, settings);
  if (role !== null) return role;
  return settings.isLoopbackOpen && isLocal(asker) ? 'loopback' : 'denied';
}

/** It asks for another host than this machine, and yet comes from it: a proxy, a tunnel, a page of DNS rebinding. */
export function isPassedOn({ remoteAddress, headers }: Asker): boolean {
  const { host = '' } = headers;
  const isHost = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host);
  return isHost && isLoopbackAddress(remoteAddress) && !isLocalHost(host);
}

function isLocal({ method = 'GET', remoteAddress, headers }: Asker): boolean {
  return (
    isLoopbackAddress(remoteAddress) &&
    isLocalHost(headers.host) &&
    !isForwarded(headers) &&
    !isFromElsewhere({ method, headers }, null)
  );
}

function isLoopbackAddress(address: string | undefined): boolean {
  if (address === undefined) return false;
  const v4 = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  return v4 === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(v4);
}

export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host);
}

/** What proxies and tunnels add. Too many names only cost their user a token. */
function isForwarded(headers: IncomingHttpHeaders): boolean {
  return Object.keys(headers).some((name) =>
    /^(?:x-forwarded-|forwarded$|via$|x-real-ip$|x-client-ip$|x-original-|true-client-ip$|cf-|cdn-loop$)/.test(name),
  );
}
