import { textOrNull } from '../../../shared/payload.ts';
import { PAYOUT } from '../../../telling/commerce.ts';
import { after, firstText, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { counted } from '../../../text/words.ts';
import type { PaypalEvent } from './event.ts';
import { told } from './generic.ts';
import { conclusionAt, countAt, moneyAt, reasonAt } from './parts.ts';

const BATCH: WordTable = {
  DENIED: ['Payouts denied', 'bad'],
  PROCESSING: ['Payouts on their way', 'waiting'],
  SUCCESS: ['Payouts sent', 'good'],
};

/** Money to many others at once. */
export function batch(event: PaypalEvent): Told {
  const { resource, action } = event;
  const words = wordsOf(BATCH, action);
  if (words === null) return told(event);
  const amount = moneyAt(resource, 'batch_header.amount');
  const count = countAt(resource, 'batch_header.payments');
  return {
    ...words,
    noun: 'payouts',
    title: moneyText(amount) ?? '',
    facts: [
      firstText(resource, ['batch_header.sender_batch_header.email_subject']),
      count === null ? null : counted(count, 'payment'),
      after('fees', moneyText(moneyAt(resource, 'batch_header.fees'))),
      errorOf(resource),
    ],
    facets: { conclusion: conclusionAt(resource, ['batch_header.batch_status']), ...moneyFacets(amount) },
    thread: textOrNull(resource, 'batch_header.payout_batch_id'),
  };
}

const ITEM: WordTable = {
  BLOCKED: ['Payout blocked', 'bad'],
  CANCELED: ['Payout canceled', 'bad'],
  DENIED: ['Payout denied', 'bad'],
  FAILED: ['Payout failed', 'bad'],
  HELD: ['Payout held', 'waiting'],
  REFUNDED: ['Payout refunded'],
  RETURNED: ['Payout returned', 'bad'],
  SUCCEEDED: ['Payout sent', 'good'],
  UNCLAIMED: ['Payout unclaimed', 'waiting'],
};

/** To one of them. */
export function item(event: PaypalEvent): Told {
  const { resource, action } = event;
  const words = wordsOf(ITEM, action);
  if (words === null) return told(event);
  const amount = moneyAt(resource, 'payout_item.amount') ?? moneyAt(resource, 'amount');
  return {
    ...words,
    noun: 'payout',
    title: joined(moneyText(amount), 'to', firstText(resource, ['payout_item.receiver', 'receiver'])),
    facts: [errorOf(resource), firstText(resource, ['payout_item.note'])],
    facets: { conclusion: conclusionAt(resource, ['transaction_status']), ...moneyFacets(amount) },
    thread: textOrNull(resource, 'payout_batch_id') ?? textOrNull(resource, 'payout_item_id'),
  };
}

const OWN: ReadonlyMap<string, string> = new Map([
  ['COMPLETED', 'paid'],
  ['FAILED', 'failed'],
]);

/** Money to one's own bank. */
export function payout(event: PaypalEvent): Told {
  const { resource, action } = event;
  const words = wordsOf(PAYOUT, OWN.get(action ?? '') ?? null);
  if (words === null) return told(event);
  const amount = moneyAt(resource, 'amount') ?? moneyAt(resource, 'payout_amount');
  return {
    ...words,
    noun: 'payout',
    title: moneyText(amount) ?? '',
    facts: [errorOf(resource)],
    facets: {
      conclusion: conclusionAt(resource, ['payout_status.status', 'processing_state.status', 'status']),
      ...moneyFacets(amount),
    },
    thread: textOrNull(resource, 'id') ?? textOrNull(resource, 'item_id'),
  };
}

function errorOf(resource: unknown): string | null {
  return (
    firstText(resource, ['errors.message', 'errors.0.message', 'error.message']) ??
    reasonAt(resource, [
      'errors.name',
      'payout_status.reason',
      'payout_status.details.reason',
      'processing_state.reason',
      'reason_code',
    ])
  );
}
