import type { Secret } from '../../shared/secret.ts';

/** What of the way to the server is encrypted: all of it, or nothing where it says `none` and the address smtp://. */
export const TLS = ['required', 'none'] as const;
export type Tls = (typeof TLS)[number];

export interface EmailSettings {
  /** `smtps://user:password@host:465`, or `smtp://…:587`, which begins in plain text and goes on by STARTTLS. */
  readonly smtp_url: Secret;
  /** `Tidings <tidings@acme.test>` */
  readonly from: string;
  /** Each gets mails of their own. One text may hold several, with commas between. */
  readonly to: readonly string[];
  readonly tls: Tls;
  /** Where unsubscribing leads: an address or a page. Absent: a mail to `from`. */
  readonly unsubscribe?: string;
  /** Whether what is about one issue or incident is one conversation. */
  readonly thread: boolean;
  /** Mails a minute, each recipient's counted. 0: no pace. */
  readonly per_minute: number;
}
