import { isObject, list, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { INVOICE } from '../../../telling/commerce.ts';
import { dayFact, firstText, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import type { PaypalEvent } from './event.ts';
import { told } from './generic.ts';
import { conclusionAt, moneyAt, nameOf } from './parts.ts';

const BECAME: ReadonlyMap<string, string> = new Map([
  ['CANCELLED', 'canceled'],
  ['CREATED', 'created'],
  ['PAID', 'paid'],
  ['REFUNDED', 'refunded'],
  ['UPDATED', 'updated'],
]);

const OWN: WordTable = { SCHEDULED: ['Invoice scheduled', 'waiting'] };

export function invoice(event: PaypalEvent): Told {
  const { action } = event;
  const words = wordsOf(INVOICE, BECAME.get(action ?? '') ?? null) ?? wordsOf(OWN, action);
  if (words === null) return told(event);
  const about = aboutOf(event);
  const amount = moneyAt(about, 'amount') ?? moneyAt(about, 'total_amount');
  const isOpen = action !== 'PAID' && action !== 'REFUNDED' && action !== 'CANCELLED';
  return {
    ...words,
    noun: 'invoice',
    handle: firstText(about, ['detail.invoice_number', 'number']),
    title: joined(moneyText(amount), action === 'PAID' ? 'from' : 'for', recipientOf(about)),
    facts: [
      firstText(about, ['detail.note', 'note']),
      isOpen
        ? (dayFact('due', about, 'detail.payment_term.due_date') ?? dayFact('due', about, 'payment_term.due_date'))
        : null,
    ],
    facets: { conclusion: conclusionAt(about, ['status']), ...moneyFacets(amount) },
    thread: textOrNull(about, 'id'),
  };
}

/** Some wrap it once more. */
function aboutOf({ resource }: PaypalEvent): Payload {
  const inner = read(resource, 'invoice');
  return isObject(inner) ? inner : resource;
}

function recipientOf(about: unknown): string | null {
  const [recipient] = list(about, 'primary_recipients');
  const info = read(recipient, 'billing_info') ?? list(about, 'billing_info')[0];
  return nameOf(info) ?? firstText(info, ['email_address', 'email']);
}
