import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Secret } from '../shared/secret.ts';

/** What of a request decides who is asking. */
export interface Asker {
  readonly remoteAddress: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Who is let in besides those who send `/webhooks/…`. */
export interface AccessSettings {
  /** Null: no token opens it. Asked only when it decides: to make it may take a disk that is full. */
  readonly adminToken: () => Secret | null;
  /** Loopback alone is enough: no PUBLIC_URL is set, so nothing is known to pass the world's requests on to this machine. */
  readonly isLoopbackOpen: boolean;
}

export type Access = 'loopback' | 'token' | 'denied';

/**
 * Who may read: whoever sits at this machine, or whoever has the admin token.
 *
 * A tunnel (ngrok, cloudflared, ssh -R) connects from loopback on behalf of the whole internet, and a web page can make
 * a browser ask 127.0.0.1 under a name of its own (DNS rebinding). So loopback needs three signs at once: the socket's
 * address, a Host that only this machine calls itself, and no trace of a proxy.
 *
 * A proxy need not leave a trace: nginx with nothing but `proxy_pass http://127.0.0.1:3000` sends that very Host and no
 * header of its own; and a forward of bare TCP passes on whatever Host the asker makes up. So where a public address is
 * known, or LOOPBACK_OPEN=false says so, loopback proves nothing, and only the token does.
 */
export function accessOf(asker: Asker, { adminToken, isLoopbackOpen }: AccessSettings): Access {
  if (isLoopbackOpen && isLocal(asker)) return 'loopback';
  const token = adminToken();
  return token !== null && hasToken(asker.headers.authorization, token) ? 'token' : 'denied';
}

/** It asks for another host than this machine, and yet comes from it: a proxy, a tunnel, a page of DNS rebinding. */
export function isPassedOn({ remoteAddress, headers }: Asker): boolean {
  const { host = '' } = headers;
  const isHost = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host);
  return isHost && isLoopbackAddress(remoteAddress) && !isLocalHost(host);
}

function isLocal({ remoteAddress, headers }: Asker): boolean {
  return isLoopbackAddress(remoteAddress) && isLocalHost(headers.host) && !isForwarded(headers);
}

function isLoopbackAddress(address: string | undefined): boolean {
  if (address === undefined) return false;
  const v4 = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  return v4 === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(v4);
}

function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host);
}

/** What proxies and tunnels add. Too many names only cost their user a token. */
function isForwarded(headers: IncomingHttpHeaders): boolean {
  return Object.keys(headers).some((name) =>
    /^(?:x-forwarded-|forwarded$|via$|x-real-ip$|x-client-ip$|x-original-|true-client-ip$|cf-|cdn-loop$)/.test(name),
  );
}

function hasToken(authorization: string | undefined, token: Secret): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  // Digests have one length, so that not even the token's length shows in the time it takes.
  return given !== undefined && timingSafeEqual(sha256(given), sha256(token.reveal()));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
