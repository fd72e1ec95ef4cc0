import type { X509Certificate } from 'node:crypto';
import type { OutboundRequest, OutboundResult } from '../../../shared/outbound.ts';
import { certificatesIn, chainOf, publicAuthorities, type Trusted } from './chain.ts';

/** `untrusted`: there is a certificate, and it proves nothing. `away`: there is none now. Both with why, in words. */
export type Found =
  | Trusted
  | { readonly kind: 'untrusted'; readonly problem: string }
  | { readonly kind: 'away'; readonly problem: string };

export interface LookingOptions {
  readonly request: (outbound: OutboundRequest) => Promise<OutboundResult>;
  /** In PEM. Null: the public authorities. */
  readonly anchors: string | null;
  /** Whom a certificate may name. */
  readonly subjects: readonly string[];
  /** In PEM: what every address answers; nothing is fetched. */
  readonly served: string | null;
}

const TIMEOUT_MS = 5_000;
const ANSWER_LIMIT = 64 * 1024;
/** Where the certificates of PayPal's authority are, for what an address leaves out. Their signatures are checked like all. */
const ISSUER_HOSTS = ['cacerts.digicert.com'];
const MOST_ISSUERS = 3;

type Answer = { readonly text: string } | { readonly text: null; readonly problem: string };

/** Fetches the certificate at an address, with what is missing between it and an authority, and checks them. `mayFetch` is asked before each. */
export function createLooking(options: LookingOptions): (url: string, mayFetch: () => boolean) => Promise<Found> {
  let anchors: readonly X509Certificate[] | undefined;
  const anchorsOf = () => {
    anchors ??= options.anchors === null ? publicAuthorities() : certificatesIn(options.anchors);
    return anchors;
  };

  async function answered(url: string, mayFetch: () => boolean): Promise<Answer> {
    if (options.served !== null) return { text: options.served };
    if (!mayFetch()) return { text: null, problem: 'too many certificates were asked for within a minute' };
    const wanted = { method: 'GET', url, timeoutMs: TIMEOUT_MS, answerLimit: ANSWER_LIMIT } as const;
    const result = await options.request({ ...wanted, answerEncoding: 'latin1' });
    const { host } = new URL(url);
    if (result.kind !== 'answered') return { text: null, problem: `${host} did not answer (${result.reason})` };
    if (result.status !== 200) return { text: null, problem: `${host} answered ${result.status}` };
    return { text: result.text };
  }

  return async (url, mayFetch) => {
    const answer = await answered(url, mayFetch);
    if (answer.text === null) return { kind: 'away', problem: answer.problem };
    const known = [...certificatesIn(answer.text)];
    for (let round = 0; ; round += 1) {
      const chain = chainOf(known, anchorsOf(), options.subjects);
      if (chain.kind !== 'incomplete') return chain;
      const issuer = options.served === null && round < MOST_ISSUERS ? issuerAt(chain.issuerUrl) : null;
      if (issuer === null) return { kind: 'untrusted', problem: chain.problem };
      const more = await answered(issuer, mayFetch);
      if (more.text === null) return { kind: 'away', problem: `${chain.problem}, and ${more.problem}` };
      known.push(...certificatesIn(more.text));
    }
  };
}

/** What a certificate names as its issuer's, where that may be asked. */
function issuerAt(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed !== null && ISSUER_HOSTS.includes(parsed.host) ? `https://${parsed.host}${parsed.pathname}` : null;
}
