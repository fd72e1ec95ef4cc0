import { list, read, textOrNull } from '../../../shared/payload.ts';
import { PAYMENT } from '../../../telling/commerce.ts';
import { after, dayFact, firstText, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { type Money, moneyText } from '../../../text/money.ts';
import type { PaypalEvent } from './event.ts';
import { told } from './generic.ts';
import { absolute, conclusionAt, linkedId, moneyAt, moneyOf, payerOf, reasonAt, sumOf } from './parts.ts';

const OWN: WordTable = {
  approval_reversed: ['Payment approval reversed', 'bad'],
  approved: ['Payment approved by the customer', 'waiting'],
  refund_failed: ['Refund failed', 'bad'],
  refund_pending: ['Refund pending', 'waiting'],
  reversed: ['Payment reversed', 'bad'],
  voided: ['Payment authorization voided'],
};

const BECAME: ReadonlyMap<string, string> = new Map([
  ['CHECKOUT.PAYMENT-APPROVAL.REVERSED', 'approval_reversed'],
  ['PAYMENT.AUTHORIZATION.CREATED', 'authorized'],
  ['PAYMENT.AUTHORIZATION.EXPIRED', 'expired'],
  ['PAYMENT.AUTHORIZATION.VOIDED', 'voided'],
  ['PAYMENT.CAPTURE.COMPLETED', 'succeeded'],
  ['PAYMENT.CAPTURE.DECLINED', 'declined'],
  ['PAYMENT.CAPTURE.DENIED', 'declined'],
  ['PAYMENT.CAPTURE.PENDING', 'pending'],
  ['PAYMENT.CAPTURE.REFUNDED', 'refunded'],
  ['PAYMENT.CAPTURE.REVERSED', 'reversed'],
  ['PAYMENT.ORDER.CANCELLED', 'canceled'],
  ['PAYMENT.ORDER.CREATED', 'created'],
  ['PAYMENT.REFUND.COMPLETED', 'refunded'],
  ['PAYMENT.REFUND.FAILED', 'refund_failed'],
  ['PAYMENT.REFUND.PENDING', 'refund_pending'],
  ['PAYMENT.SALE.COMPLETED', 'succeeded'],
  ['PAYMENT.SALE.DENIED', 'declined'],
  ['PAYMENT.SALE.PENDING', 'pending'],
  ['PAYMENT.SALE.REFUNDED', 'refunded'],
  ['PAYMENT.SALE.REVERSED', 'reversed'],
  ['PAYMENTS.PAYMENT.CREATED', 'approved'],
]);

/** Reasons are said of what did not simply go well. */
const SMOOTH = new Set(['succeeded', 'authorized', 'approved']);
const BACK = new Set(['refund_failed', 'refund_pending', 'refunded', 'reversed']);

export function payment(event: PaypalEvent): Told {
  const { resource, name } = event;
  const became = BECAME.get(name) ?? '';
  const words = wordsOf(PAYMENT, became) ?? wordsOf(OWN, became);
  if (words === null) return told(event);
  const [transaction] = list(resource, 'transactions');
  const amount = absolute(moneyAt(resource, 'amount') ?? moneyAt(transaction, 'amount') ?? unitsOf(resource));
  const paid = paymentOf(resource);
  return {
    ...words,
    noun: 'payment',
    title: joined(moneyText(amount), BACK.has(became) ? 'to' : 'from', payerOf(resource)),
    facts: [
      SMOOTH.has(became) ? null : reasonAt(resource, ['status_details.reason', 'reason_code', 'pending_reason']),
      firstText(resource, ['note_to_payer', 'note_to_recipient', 'description']) ??
        firstText(transaction, ['description']),
      after('invoice', firstText(resource, ['invoice_id', 'invoice_number'])),
      textOrNull(resource, 'billing_agreement_id') === null ? null : 'for a subscription',
      became === 'authorized'
        ? (dayFact('expires', resource, 'expiration_time') ?? dayFact('expires', resource, 'valid_until'))
        : null,
    ],
    facets: { conclusion: conclusionAt(resource, ['status', 'state']), ...moneyFacets(amount) },
    thread: paid,
    happening: happeningOf(became, paid, textOrNull(resource, 'id')),
  };
}

/** A refund is told by itself, and by the payment that it is of. */
function happeningOf(became: string, paid: string | null, id: string | null): string | null {
  if (became === 'succeeded' && paid !== null) return `paid ${paid}`;
  return became === 'refunded' && id !== null ? `refunded ${id}` : null;
}

function unitsOf(resource: unknown): Money | null {
  return sumOf(list(resource, 'purchase_units').map((unit) => moneyAt(unit, 'amount')));
}

/** The payment that money goes back from, or the one that it is. */
function paymentOf(resource: unknown): string | null {
  return (
    textOrNull(resource, 'sale_id') ??
    textOrNull(resource, 'capture_id') ??
    linkedId(resource, '/payments/captures/') ??
    textOrNull(resource, 'id') ??
    textOrNull(resource, 'order_id')
  );
}

const ORDER: WordTable = {
  APPROVED: ['Order approved by the customer', 'waiting'],
  'BUYER-APPROVED': ['Order approved by the customer', 'waiting'],
  COMPLETED: ['Order paid', 'good'],
  DECLINED: ['Order declined', 'bad'],
  PROCESSED: ['Order processed'],
  SAVED: ['Order saved', 'waiting'],
  VOIDED: ['Order voided'],
};

export function order(event: PaypalEvent): Told {
  const { resource, action } = event;
  const words = wordsOf(ORDER, action);
  if (words === null) return told(event);
  const form = new URLSearchParams(textOrNull(resource, 'payload') ?? '');
  const units = list(resource, 'purchase_units');
  const amount =
    unitsOf(resource) ??
    moneyAt(resource, 'amount') ??
    moneyAt(list(resource, 'transactions')[0], 'amount') ??
    moneyOf({ value: form.get('mc_gross'), currency: form.get('mc_currency') });
  const payer =
    payerOf(resource) ?? payerOf({ payer: { first_name: form.get('first_name'), last_name: form.get('last_name') } });
  const capture = firstText(read(units[0], 'payments'), ['captures.0.id']);
  return {
    ...words,
    noun: 'order',
    title: joined(moneyText(amount), 'from', payer),
    facts: [
      firstText(units[0], ['description']) ?? firstText(units[0], ['items.0.name']),
      after('invoice', firstText(units[0], ['invoice_id'])),
    ],
    facets: { conclusion: conclusionAt(resource, ['status']), ...moneyFacets(amount) },
    thread: capture ?? textOrNull(resource, 'id'),
    happening: action === 'COMPLETED' && capture !== null ? `paid ${capture}` : null,
  };
}
