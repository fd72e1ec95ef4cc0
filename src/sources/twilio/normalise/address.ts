import { looksSecret } from '../../../shared/secrets/secret-shapes.ts';
import { asWords } from '../../../telling/parts.ts';

/** Who calls or writes, or is called. */
export interface Address {
  /** `+14155550100`, `72727`, `ACME`, `alice` */
  readonly name: string;
  /** `WhatsApp`. Null: the telephone. */
  readonly channel: string | null;
}

const CHANNELS: Readonly<Record<string, string>> = {
  client: 'a client',
  messenger: 'Messenger',
  rcs: 'RCS',
  sip: 'SIP',
  whatsapp: 'WhatsApp',
};

/** What Twilio writes for callers who do not show their number: words, typed on a phone's keys. */
const HIDDEN = /^(?:\+?(?:266696687|7378742833|2562533|8566|86282452253)|anonymous|restricted|unavailable)$/i;

/** `+14155550100`, `whatsapp:+14155550100`, `client:alice`, `sip:alice@example.com`. Null: nobody, or what must not be shown. */
export function addressOf(said: string | null): Address | null {
  if (said === null) return null;
  const [, scheme = '', rest = ''] = /^(?:([a-z]{2,12}):)?(.*)$/is.exec(said) ?? [];
  const name = asWords(rest);
  if (name === '' || looksSecret(said)) return null;
  if (HIDDEN.test(name)) return { name: 'a hidden number', channel: null };
  const channel = Object.hasOwn(CHANNELS, scheme.toLowerCase()) ? CHANNELS[scheme.toLowerCase()] : undefined;
  return { name, channel: channel ?? null };
}

/** `to +1415…`; null where nobody says. */
export function directed(word: string, address: Address | null): string | null {
  return address === null ? null : `${word} ${address.name}`;
}
