import { isIP } from 'node:net';
import type { Headers } from '../../model/headers.ts';
import { within } from '../../shared/networks.ts';
import type { Inbound } from '../inbound.ts';
import { type Hops, hopsByForwarded, hopsByNames } from './hops.ts';

/** A request as the network delivered it: who connected, and what its headers say of who was there before. */
export type Passed = Pick<Inbound, 'from' | 'headers'>;

/** What proxies say of the requests that they pass on, believed only of those that are named as trusted. */
export interface Proxies {
  /** Scheme and host that the outermost of them was called by: `https://hooks.example.org`. Null: nobody who is trusted said so. */
  baseOf(passed: Passed): string | null;
  /** The address that called the outermost of them; else the connection's. */
  callerOf(passed: Passed): string | undefined;
}

interface View {
  readonly caller: string;
  readonly base: string | null;
}

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?|\[[0-9a-f:.]{2,45}\])(?::([1-9]\d{0,4}))?$/i;
const USUAL_PORT: Readonly<Record<string, string>> = { http: '80', https: '443' };

/**
 * Each proxy writes what it saw behind what it was told, so that from the right to the left it is believed as long as the writer is
 * trusted, and no further: what stands before that was sent by a stranger. Where `Forwarded` and `X-Forwarded-…` contradict each other, one
 * of the two was passed on unseen, and neither is believed. @throws Error for an entry that is no network
 */
export function trustedProxies(entries: readonly string[]): Proxies {
  const isTrusted = within(entries);

  function viewOf({ from, headers }: Passed): View | null {
    if (from === undefined || !isTrusted(from)) return null;
    const views = [hopsByNames(headers), hopsByForwarded(headers)]
      .filter((hops) => hops !== 'absent')
      .map((hops) => (hops === 'broken' ? null : seenBy(hops, from, headers)));
    const [view = null, other = view] = views;
    return view !== null && view.base === other?.base && view.caller === other.caller ? view : null;
  }

  function seenBy(hops: Hops, peer: string, { host = '' }: Headers): View {
    let caller = peer;
    let trusted = 1;
    for (const entry of hops.for.toReversed()) {
      const address = addressIn(entry);
      if (address === null) break;
      caller = address;
      if (!isTrusted(address)) break;
      trusted += 1;
    }
    const said = (values: readonly string[]) => values[Math.max(0, values.length - trusted)];
    return { caller, base: baseFrom(said(hops.proto), said(hops.host) ?? host, said(hops.port)) };
  }

  return {
    baseOf: (passed) => viewOf(passed)?.base ?? null,
    callerOf: (passed) => viewOf(passed)?.caller ?? passed.from,
  };
}

/** Null: something is missing, or is not what it should be. A port beside a host that names one already says nothing. */
function baseFrom(proto = '', host = '', port = ''): string | null {
  const scheme = proto.toLowerCase();
  const usual = Object.hasOwn(USUAL_PORT, scheme) ? USUAL_PORT[scheme] : undefined;
  const named = HOST.exec(host);
  if (usual === undefined || named === null) return null;
  // Behind another proxy it is often the inner port of the other scheme.
  const beside = /^[1-9]\d{0,4}$/.test(port) && !Object.values(USUAL_PORT).includes(port) ? port : usual;
  const chosen = named[1] ?? beside;
  if (Number(chosen) > 65_535) return null;
  const bare = named[1] === undefined ? host : host.slice(0, -named[1].length - 1);
  const base = `${scheme}://${bare}${chosen === usual ? '' : `:${chosen}`}`;
  return URL.canParse(base) ? base : null;
}

/** `192.0.2.1`, `192.0.2.1:4711`, `[2001:db8::1]:4711`. Null: it is hidden, not known, or no address. */
function addressIn(text: string): string | null {
  const address = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text;
  return isIP(address) === 0 ? null : address;
}
