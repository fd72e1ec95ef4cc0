import type { Sum } from '../model/activity.ts';
import type { WordTable } from './told.ts';

// What happens to money, in the same words whoever moves it. The keys are what became of it, by the names that most providers
// have for that; one whose names differ leads its own to these.

export const PAYMENT: WordTable = {
  authorized: ['Payment authorized', 'waiting'],
  canceled: ['Payment canceled'],
  captured: ['Payment captured', 'good'],
  created: ['Payment started', 'opened'],
  declined: ['Payment declined', 'bad'],
  expired: ['Payment authorization expired', 'bad'],
  failed: ['Payment failed', 'bad'],
  partially_funded: ['Payment partly funded', 'waiting'],
  partially_refunded: ['Payment partly refunded'],
  pending: ['Payment pending', 'waiting'],
  processing: ['Payment processing', 'waiting'],
  refunded: ['Payment refunded'],
  requires_action: ['Payment needs action from the customer', 'waiting'],
  succeeded: ['Payment succeeded', 'good'],
  updated: ['Payment updated'],
};

export const REFUND: WordTable = {
  canceled: ['Refund canceled'],
  created: ['Refund started'],
  failed: ['Refund failed', 'bad'],
  succeeded: ['Refund paid'],
  updated: ['Refund updated'],
};

/** A customer has the bank take a payment back. `inquired`: the bank only asks, for now. */
export const DISPUTE: WordTable = {
  accepted: ['Dispute accepted', 'bad'],
  closed: ['Dispute closed'],
  created: ['Payment disputed', 'bad'],
  funds_reinstated: ['Disputed money returned', 'good'],
  funds_withdrawn: ['Disputed money withdrawn', 'bad'],
  inquired: ['Payment inquired about', 'bad'],
  inquiry_closed: ['Inquiry closed', 'good'],
  lost: ['Dispute lost', 'bad'],
  needs_answer: ['Dispute waits for an answer', 'bad'],
  under_review: ['Dispute under review', 'waiting'],
  updated: ['Dispute updated'],
  won: ['Dispute won', 'good'],
};

/** Before the day by which to answer, in the facts of a dispute. */
export const ANSWER_BY = 'answer by';

export const INVOICE: WordTable = {
  canceled: ['Invoice canceled'],
  created: ['Invoice drafted'],
  deleted: ['Invoice draft deleted'],
  finalization_failed: ['Invoice could not be finalized', 'bad'],
  finalized: ['Invoice finalized', 'waiting'],
  marked_uncollectible: ['Invoice written off', 'bad'],
  overdue: ['Invoice overdue', 'bad'],
  overpaid: ['Invoice overpaid', 'waiting'],
  paid: ['Invoice paid', 'good'],
  payment_action_required: ['Invoice payment needs the customer', 'waiting'],
  payment_attempt_required: ['Invoice payment to be tried', 'waiting'],
  payment_failed: ['Invoice payment failed', 'bad'],
  refunded: ['Invoice refunded'],
  sent: ['Invoice sent', 'waiting'],
  upcoming: ['Invoice upcoming'],
  updated: ['Invoice updated'],
  voided: ['Invoice voided'],
  will_be_due: ['Invoice due soon', 'waiting'],
};

export const SUBSCRIPTION: WordTable = {
  created: ['Subscription started', 'good'],
  ended: ['Subscription ended', 'bad'],
  paused: ['Subscription paused', 'waiting'],
  pending_update_applied: ['Subscription change applied'],
  pending_update_expired: ['Subscription change expired', 'bad'],
  resumed: ['Subscription resumed', 'good'],
  trial_started: ['Trial started', 'good'],
  trial_will_end: ['Trial ends soon', 'waiting'],
  updated: ['Subscription updated'],
};

/** What it is now, where that is the news. */
export const SUBSCRIPTION_STATUS: WordTable = {
  active: ['Subscription active', 'good'],
  canceled: ['Subscription canceled', 'bad'],
  expired: ['Subscription expired', 'bad'],
  incomplete: ['Subscription waits for its first payment', 'waiting'],
  incomplete_expired: ['Subscription never paid, and expired', 'bad'],
  past_due: ['Subscription payment overdue', 'bad'],
  paused: ['Subscription paused', 'waiting'],
  suspended: ['Subscription suspended', 'bad'],
  trialing: ['Subscription on trial', 'good'],
  unpaid: ['Subscription unpaid', 'bad'],
};

/** Money to one's own bank. */
export const PAYOUT: WordTable = {
  canceled: ['Payout canceled', 'bad'],
  created: ['Payout on its way', 'waiting'],
  failed: ['Payout failed', 'bad'],
  paid: ['Payout arrived', 'good'],
  reconciliation_completed: ['Payout reconciled'],
  updated: ['Payout updated'],
};

type Counts = readonly [headline: string, noun: Sum['noun'], part: Sum['part']];

const COUNTS: readonly Counts[] = [
  ['Dispute under review', 'dispute', 'under review'],
  ['Dispute waits for an answer', 'dispute', ['waits for an answer', 'wait for an answer']],
  ['Disputed money returned', 'dispute', 'with money returned'],
  ['Disputed money withdrawn', 'dispute', 'with money withdrawn'],
  ['Inquiry closed', ['inquiry', 'inquiries'], 'closed'],
  ['Invoice overpaid', 'invoice', 'overpaid'],
  ['Invoice partly paid', 'invoice', 'partly paid'],
  ['Invoice partly refunded', 'invoice', 'partly refunded'],
  ['Invoice payment failed', 'invoice payment', 'failed'],
  ['Invoice payment needs the customer', 'invoice payment', ['needs the customer', 'need the customer']],
  ['Invoice written off', 'invoice', 'written off'],
  ['Payment authorization expired', 'payment authorization', 'expired'],
  ['Payment disputed', 'payment', 'disputed'],
  ['Payment inquired about', 'payment', 'inquired about'],
  ['Payment partly refunded', 'payment', 'partly refunded'],
  ['Payment pending', 'payment', 'pending'],
  ['Payout on its way', 'payout', ['on its way', 'on their way']],
  ['Refund failed', 'refund', 'failed'],
  ['Subscription active', 'subscription', 'active'],
  ['Subscription begins later', 'subscription', ['begins later', 'begin later']],
  ['Subscription on trial', 'subscription', 'on trial'],
  ['Subscription payment overdue', 'subscription', 'past due'],
  ['Subscription waits for its first payment', 'subscription', ['waits for a payment', 'wait for a payment']],
  ['Trial ends soon', 'trial', ['ends soon', 'end soon']],
  ['Trial started', 'trial', 'started'],
];

/** Headline → how several are counted, where its own words do not say it. */
export const COMMERCE_SUMS: ReadonlyMap<string, Sum> = new Map(
  COUNTS.map(([headline, noun, part]) => [headline, { noun, part, alone: null }] as const),
);
