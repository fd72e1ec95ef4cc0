import { Secret } from '../../../shared/secret.ts';
import type { Tls } from '../settings.ts';

/** How a mail server is reached. */
export interface Server {
  readonly host: string;
  readonly port: number;
  /** `implicit`: from the first byte. `starttls`: asked for before anything else is said, and nothing without it. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  /** Null: it lets in whoever reaches it. */
  readonly login: { readonly user: string; readonly password: Secret } | null;
}

/** Of an address that `serverProblem` finds nothing wrong with. */
export function serverOf(smtpUrl: Secret, tls: Tls): Server {
  const url = new URL(smtpUrl.reveal());
  const isImplicit = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  return {
    // The brackets belong to the address, not to the host.
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isImplicit ? 465 : 587) : Number(url.port),
    tls: isImplicit ? 'implicit' : tls === 'none' ? 'none' : 'starttls',
    login: user === '' ? null : { user, password: new Secret(decodeURIComponent(url.password)) },
  };
}
