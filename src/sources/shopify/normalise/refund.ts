import { list, textOrNull } from '../../../shared/payload.ts';
import { ANSWER_BY, DISPUTE, REFUND } from '../../../telling/commerce.ts';
import { dayFact, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import { type Told, wordsOf } from '../../../telling/told.ts';
import { type Money, moneyText } from '../../../text/money.ts';
import { joined } from '../../../text/words.ts';
import type { ShopifyEvent } from './event.ts';
import { orderThread } from './order.ts';
import { itemsOf, moneyAt, sumsOf } from './parts.ts';
import { thing } from './thing.ts';

const FAILED: ReadonlySet<string> = new Set(['failure', 'error']);

/** What was given back is the sum of its transactions: one for each way that was paid by. */
export function refund(event: ShopifyEvent): Told {
  const { object, action } = event;
  if (action !== 'create') return thing(event);
  const transactions = list(object, 'transactions').filter((one) => {
    const kind = textOrNull(one, 'kind');
    return kind === null || kind === 'refund';
  });
  const statusOf = (one: unknown) => textOrNull(one, 'status') ?? 'success';
  const good = transactions.filter((one) => !FAILED.has(statusOf(one)));
  const sums = sumsOf((good.length > 0 ? good : transactions).map(givenBack));
  const [total = null] = sums.length === 1 ? sums : [];
  const became =
    good.length === 0 && transactions.length > 0
      ? 'failed'
      : good.some((one) => statusOf(one) === 'pending')
        ? 'created'
        : 'succeeded';
  const words = wordsOf(REFUND, became) ?? { headline: 'Refund updated', tone: 'neutral' as const };
  const items = itemsOf(object, 'refund_line_items');
  const note = textOrNull(object, 'note');
  // Without a transaction nothing was paid: items were taken back, or the refund is entered alone.
  const shown = transactions.length === 0 ? { headline: 'Refund made', tone: 'neutral' as const } : words;
  const title = joined(sums.map((sum) => moneyText(sum) ?? '')) || (note ?? items ?? '');
  return {
    ...shown,
    noun: 'refund',
    title,
    facts: [title === items ? null : items, title === note ? null : note],
    facets: { conclusion: transactions.length === 0 ? null : became, ...moneyFacets(total) },
    thread: orderThread(object),
  };
}

/** Some write it below nothing. */
function givenBack(transaction: unknown): Money | null {
  const amount = moneyAt(transaction, 'amount');
  return amount && { ...amount, amount: Math.abs(amount.amount) };
}

/** What has become of a dispute, by its status. */
const ENDED: ReadonlyMap<string, string> = new Map([
  ['accepted', 'accepted'],
  ['charge_refunded', 'closed'],
  ['lost', 'lost'],
  ['won', 'won'],
]);
const OPEN: ReadonlyMap<string, string> = new Map([
  ['needs_response', 'needs_answer'],
  ['under_review', 'under_review'],
]);

export function dispute(event: ShopifyEvent): Told {
  const { object, action } = event;
  const status = textOrNull(object, 'status');
  const isInquiry = textOrNull(object, 'type') === 'inquiry';
  const ended = ENDED.get(status ?? '');
  const became =
    action === 'create' ? (isInquiry ? 'inquired' : 'created') : (ended ?? OPEN.get(status ?? '') ?? 'updated');
  const words = wordsOf(DISPUTE, became);
  if (words === null || (action !== 'create' && action !== 'update')) return thing(event);
  const amount = moneyAt(object, 'amount');
  const reason = wordsAt(object, 'reason');
  const isOpen = ended === undefined;
  return {
    ...words,
    noun: action === 'create' ? 'payment' : 'dispute',
    title: moneyText(amount) ?? '',
    facts: [
      reason === 'general' ? null : reason,
      isOpen && textOrNull(object, 'evidence_sent_on') === null && textOrNull(object, 'finalized_on') === null
        ? dayFact(ANSWER_BY, object, 'evidence_due_by')
        : null,
      became === 'updated' || status === 'charge_refunded' ? wordsAt(object, 'status') : null,
    ],
    facets: { conclusion: status, ...moneyFacets(amount) },
    thread: orderThread(object),
  };
}
