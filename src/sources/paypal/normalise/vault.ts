import { isObject, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { firstText, joined } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { capitalised } from '../../../text/words.ts';
import type { PaypalEvent } from './event.ts';
import { told } from './generic.ts';
import { nameOf } from './parts.ts';

const VAULT: WordTable = {
  CREATED: ['Payment method saved'],
  DELETED: ['Payment method deleted'],
  'DELETION-INITIATED': ['Payment method about to be deleted'],
  UPDATED: ['Payment method changed'],
};

/** What a customer pays with the next time. Its token is never said. */
export function vaulted(event: PaypalEvent): Told {
  const words = wordsOf(VAULT, event.action);
  if (words === null) return told(event);
  const [kind, method] = methodOf(event.resource);
  const ending = /\d{4}$/.exec(firstText(method, ['last_digits', 'number']) ?? '')?.[0];
  const name = kind === null || ending === undefined ? kind : `${kind} ending in ${ending}`;
  return {
    ...words,
    noun: 'payment method',
    title: joined(name, 'of', nameOf(method) ?? firstText(method, ['email_address'])),
  };
}

/** `{ card: {…} }`, `{ paypal: {…} }`; of the first version, a card by itself. */
function methodOf(resource: Payload): readonly [kind: string | null, method: unknown] {
  const source = read(resource, 'payment_source');
  const [entry] = isObject(source) ? Object.entries(source) : [];
  if (entry === undefined) return [kindOf(textOrNull(resource, 'type')), resource];
  const [key, method] = entry;
  return [kindOf(textOrNull(method, 'brand') ?? key), method];
}

function kindOf(name: string | null): string | null {
  if (name === null || !/^[A-Za-z_ ]{2,20}$/.test(name)) return null;
  return name.toLowerCase() === 'paypal' ? 'PayPal' : capitalised(name.toLowerCase().replaceAll('_', ' '));
}
