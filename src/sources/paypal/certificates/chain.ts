import { type KeyObject, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';

/** A certificate that is PayPal's, as far as authorities vouch for it. */
export interface Trusted {
  readonly kind: 'trusted';
  readonly key: KeyObject;
  /** Milliseconds since 1970, of all certificates up to the authority's. */
  readonly from: number;
  readonly until: number;
}

/** `untrusted`: it is known why not. `incomplete`: the certificate of `issuer`'s key is missing; where it may be had. */
export type Chain =
  | Trusted
  | { readonly kind: 'untrusted'; readonly problem: string }
  | { readonly kind: 'incomplete'; readonly problem: string; readonly issuerUrl: string | null };

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]{1,20000}-----END CERTIFICATE-----/g;
/** More certificates than this are no chain. */
const MOST = 10;
const LEAST_BITS = 2048;
const WEAK = /md5|sha1(?!\d)/i;

/** The certificates of a text in PEM, or of bytes in DER, as `latin1`. Those that are none are left out. */
export function certificatesIn(text: string): readonly X509Certificate[] {
  const written = text.match(CERTIFICATE)?.slice(0, MOST) ?? [];
  const all = written.length > 0 ? written : [Buffer.from(text, 'latin1')];
  return all.flatMap((each) => {
    try {
      return [new X509Certificate(each)];
    } catch {
      return [];
    }
  });
}

let authorities: readonly X509Certificate[] | undefined;

/** Those that Node trusts. Read once somebody asks: there are 140 of them. */
export function publicAuthorities(): readonly X509Certificate[] {
  authorities ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return authorities;
}

/** Node checks no chains but those of connections: each certificate's issuer is looked for, up to one that is trusted. */
export function chainOf(
  served: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  subjects: readonly string[],
): Chain {
  const own = served.find((each) => subjects.includes(commonNameOf(each) ?? ''));
  if (own === undefined) {
    const names = served.map((each) => commonNameOf(each) ?? 'nobody').slice(0, 3);
    return untrusted(
      served.length === 0 ? 'it is none' : `it names ${names.join(', ')}, and not ${subjects.join(' or ')}`,
    );
  }
  const bits = own.publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (own.publicKey.asymmetricKeyType !== 'rsa' || bits < LEAST_BITS)
    return untrusted('its key is no RSA key of 2048 bits');
  const path = [own];
  while (path.length <= MOST) {
    const last = path[path.length - 1] as X509Certificate;
    if (WEAK.test(last.signatureAlgorithm ?? '')) return untrusted(`it is signed by ${last.signatureAlgorithm}`);
    const anchor = anchors.find((each) => hasIssued(each, last));
    if (anchor !== undefined) return trusted([...path, anchor]);
    const next = served.find((each) => !path.includes(each) && each.ca && hasIssued(each, last));
    if (next === undefined) return incomplete(last);
    path.push(next);
  }
  return untrusted('its chain is too long');
}

function hasIssued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function trusted(path: readonly X509Certificate[]): Chain {
  const from = Math.max(...path.map(({ validFrom }) => Date.parse(validFrom)));
  const until = Math.min(...path.map(({ validTo }) => Date.parse(validTo)));
  const [own] = path;
  if (own === undefined || Number.isNaN(from) || Number.isNaN(until))
    return untrusted('it does not say how long it is valid');
  return { kind: 'trusted', key: own.publicKey, from, until };
}

function untrusted(problem: string): Chain {
  return { kind: 'untrusted', problem };
}

function incomplete(last: X509Certificate): Chain {
  const issuer = nameIn(last.issuer) ?? 'an authority without a name';
  const url = /^CA Issuers - URI:(http\S{1,300})$/m.exec(last.infoAccess ?? '')?.[1] ?? null;
  return {
    kind: 'incomplete',
    problem: `nobody who is trusted here vouches for it: it is issued by ${issuer}`,
    issuerUrl: url,
  };
}

function commonNameOf({ subject }: X509Certificate): string | null {
  return nameIn(subject);
}

/** One line for each part of a name; two names would be two opinions on whose it is. */
function nameIn(text: string | undefined): string | null {
  const names = [...(text ?? '').matchAll(/^CN=(.*)$/gm)];
  return names.length === 1 ? (names[0]?.[1] ?? null) : null;
}
