import { list, read, textOrNull } from '../../../shared/payload.ts';
import { INVOICE } from '../../../telling/commerce.ts';
import { after, dayFact, firstText, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { type Money, moneyText } from '../../../text/money.ts';
import type { SquareEvent } from './event.ts';
import { told } from './generic.ts';
import { moneyAt, personOf, sumOf } from './parts.ts';
import { conclusionOf } from './payment.ts';

const OWN: WordTable = {
  partly_paid: ['Invoice partly paid', 'good'],
  partly_refunded: ['Invoice partly refunded'],
  scheduled: ['Invoice scheduled', 'waiting'],
};

/** https://developer.squareup.com/docs/invoices-api/overview#invoice-status */
function becameOf(action: string | null, status: string): string | null {
  switch (action) {
    case 'payment_made':
      return status === 'PARTIALLY_PAID' ? 'partly_paid' : 'paid';
    case 'published':
      return status === 'SCHEDULED' ? 'scheduled' : status === 'PAID' ? 'paid' : 'sent';
    case 'refunded':
      return status === 'PARTIALLY_REFUNDED' ? 'partly_refunded' : 'refunded';
    case 'scheduled_charge_failed':
      return 'payment_failed';
    default:
      return action;
  }
}

const ENDED: ReadonlySet<string> = new Set(['CANCELED', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED']);

export function invoice(event: SquareEvent): Told {
  const { object, action, objectId } = event;
  const status = textOrNull(object, 'status') ?? '';
  const became = becameOf(action, status);
  const words = wordsOf(INVOICE, became) ?? wordsOf(OWN, became);
  if (words === null) return told(event);
  const isPaid = became === 'paid' || became === 'partly_paid';
  const requests = list(object, 'payment_requests');
  const amount = amountOf(object, became, requests);
  const number = textOrNull(object, 'invoice_number');
  const word = isPaid ? 'from' : 'for';
  const whom = personOf(read(object, 'primary_recipient'));
  const isOpen = !ENDED.has(status);
  return {
    ...words,
    noun: 'invoice',
    handle: number,
    title: amount === null && number !== null ? (after(word, whom) ?? '') : joined(moneyText(amount), word, whom),
    facts: [
      became === 'partly_paid' || became === 'partly_refunded' ? ofAll(sumOf(requests, 'computed_amount_money')) : null,
      firstText(object, ['title']),
      became === 'scheduled' ? dayFact('to be sent', object, 'scheduled_at') : null,
      isOpen && !isPaid ? dueOf(requests) : null,
    ],
    facets: { conclusion: conclusionOf(status || null), ...moneyFacets(amount) },
    thread: objectId,
  };
}

/** What it is in all; of what is partly paid, what was paid until now; of a charge that failed, what was to be paid. */
function amountOf(object: unknown, became: string | null, requests: readonly unknown[]): Money | null {
  const all = sumOf(requests, 'computed_amount_money');
  if (became === 'partly_paid') {
    const paid = sumOf(requests, 'total_completed_amount_money');
    return paid !== null && paid.amount > 0 ? paid : null;
  }
  // How much was given back is not said.
  if (became === 'partly_refunded') return null;
  if (became === 'payment_failed') return moneyAt(object, 'next_payment_amount_money') ?? all;
  return all ?? moneyAt(object, 'next_payment_amount_money');
}

function ofAll(all: Money | null): string | null {
  return after('of', moneyText(all));
}

/** Of a deposit and a balance, the day of the first that is not paid. */
function dueOf(requests: readonly unknown[]): string | null {
  const open = requests.find((each) => {
    const paid = moneyAt(each, 'total_completed_amount_money');
    const whole = moneyAt(each, 'computed_amount_money');
    return paid === null || whole === null || paid.amount < whole.amount;
  });
  return dayFact('due', open, 'due_date');
}
