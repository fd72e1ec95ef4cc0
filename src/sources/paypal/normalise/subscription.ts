import { list, read, textOrNull } from '../../../shared/payload.ts';
import { SUBSCRIPTION, SUBSCRIPTION_STATUS } from '../../../telling/commerce.ts';
import { after, dayFact, firstText, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { type Money, moneyText } from '../../../text/money.ts';
import type { PaypalEvent } from './event.ts';
import { told } from './generic.ts';
import { conclusionAt, countAt, moneyAt, payerOf, reasonAt } from './parts.ts';

const OWN: WordTable = {
  ACTIVATED: ['Subscription activated', 'good'],
  CANCELLED: ['Subscription canceled', 'bad'],
  EXPIRED: ['Subscription expired', 'bad'],
  RENEWED: ['Subscription renewed', 'good'],
  approval: ['Subscription waits for the customer’s approval', 'waiting'],
};

const BECAME: ReadonlyMap<string, string> = new Map([
  ['CREATED', 'created'],
  ['RE-ACTIVATED', 'resumed'],
  ['UPDATED', 'updated'],
]);

export function subscription(event: PaypalEvent): Told {
  const { resource, action } = event;
  const isAwaited = action === 'CREATED' && isUnapproved(resource);
  const became = isAwaited ? 'approval' : (BECAME.get(action ?? '') ?? action);
  const words =
    wordsOf(SUBSCRIPTION, became) ??
    wordsOf(OWN, became) ??
    wordsOf(SUBSCRIPTION_STATUS, became?.toLowerCase() ?? null);
  if (words === null) return told(event);
  return {
    ...words,
    noun: 'subscription',
    title: joined(rateOf(resource), 'for', payerOf(resource)),
    facts: [
      firstText(resource, ['status_change_note']),
      firstText(resource, ['plan.name', 'description']),
      action === 'UPDATED' ? conclusionAt(resource, ['status', 'state']) : null,
      action === 'CANCELLED' || action === 'EXPIRED'
        ? null
        : dayFact('next payment', resource, 'billing_info.next_billing_time'),
    ],
    facets: { conclusion: conclusionAt(resource, ['status', 'state']), ...moneyFacets(priceOf(resource)) },
    thread: textOrNull(resource, 'id'),
    isMinor: isAwaited,
  };
}

/** One that the second version creates is approved later; of the first, it is as good as begun. */
function isUnapproved(resource: unknown): boolean {
  return textOrNull(resource, 'status') === 'APPROVAL_PENDING';
}

/** The last, which goes on when a trial is over. */
function cycleOf(resource: unknown): unknown {
  const plan = read(resource, 'plan');
  return list(plan, 'billing_cycles').at(-1) ?? list(plan, 'payment_definitions').at(-1);
}

function priceOf(resource: unknown): Money | null {
  const cycle = cycleOf(resource);
  return moneyAt(cycle, 'pricing_scheme.fixed_price') ?? moneyAt(cycle, 'amount', read(resource, 'plan.curr_code'));
}

/** `$10.00 a month`. Null: only the plan's id is there. */
function rateOf(resource: unknown): string | null {
  const cycle = cycleOf(resource);
  const text = moneyText(priceOf(resource));
  const unit = firstText(cycle, ['frequency.interval_unit', 'frequency'])?.toLowerCase() ?? null;
  if (text === null || unit === null) return text;
  const count = countAt(cycle, 'frequency.interval_count') ?? countAt(cycle, 'frequency_interval') ?? 1;
  return count === 1 ? `${text} a ${unit}` : `${text} every ${count} ${unit}s`;
}

export function subscriptionPayment(event: PaypalEvent): Told {
  const { resource, action } = event;
  if (action !== 'FAILED') return told(event);
  const failed = read(resource, 'billing_info.last_failed_payment');
  const amount = moneyAt(failed, 'amount') ?? moneyAt(resource, 'billing_info.outstanding_balance');
  const count = countAt(resource, 'billing_info.failed_payments_count');
  return {
    headline: 'Subscription payment failed',
    tone: 'bad',
    noun: 'subscription',
    title: joined(moneyText(amount), 'from', payerOf(resource)),
    facts: [
      reasonAt(failed, ['reason_code']),
      count === null || count < 2 ? null : `failed ${count} times`,
      dayFact('next try', failed, 'next_payment_retry_date'),
      after('plan', firstText(resource, ['plan.name'])),
    ],
    facets: {
      conclusion: conclusionAt(failed, ['reason_code']) ?? conclusionAt(resource, ['status']),
      ...moneyFacets(amount),
    },
    sum: { noun: 'subscription payment', part: 'failed', alone: null },
    thread: textOrNull(resource, 'id'),
  };
}
