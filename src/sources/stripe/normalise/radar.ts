import type { Tone } from '../../../model/activity.ts';
import { isTrue, read, textOrNull } from '../../../shared/payload.ts';
import { joined, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { moneyAt, payerOf } from './parts.ts';

const REVIEW: WordTable = {
  closed: ['Payment review closed'],
  opened: ['Payment to be reviewed', 'waiting'],
};

const CLOSED: ReadonlyMap<string, Tone> = new Map<string, Tone>([
  ['approved', 'good'],
  ['refunded_as_fraud', 'bad'],
]);

/** Radar asks a person to look at a payment. */
export function review(event: StripeEvent): Told {
  const { object, action } = event;
  const words = wordsOf(REVIEW, action);
  if (words === null) return generic(event);
  const amount = moneyAt(read(object, 'charge'), 'amount');
  return {
    ...words,
    tone: CLOSED.get(textOrNull(object, 'closed_reason') ?? '') ?? words.tone,
    noun: 'review',
    title: joined(moneyText(amount), 'from', payerOf(object)),
    facts: [wordsAt(object, 'closed_reason') ?? whyOpened(object)],
    facets: { conclusion: textOrNull(object, 'closed_reason'), ...moneyFacets(amount) },
    thread: idOf(object, 'payment_intent') ?? idOf(object, 'charge'),
  };
}

function whyOpened(object: unknown): string | null {
  const reason = textOrNull(object, 'opened_reason') ?? textOrNull(object, 'reason');
  return reason === 'rule' ? 'by a rule' : reason === 'manual' ? 'by hand' : wordsAt({ reason }, 'reason');
}

const FRAUD_WARNING: WordTable = {
  created: ['Early fraud warning', 'bad'],
  updated: ['Early fraud warning updated'],
};

/** The card's bank believes that a payment is fraud: a dispute is likely to follow. */
export function earlyFraudWarning(event: StripeEvent): Told {
  const { object, action } = event;
  const words = wordsOf(FRAUD_WARNING, action);
  if (words === null) return generic(event);
  const amount = moneyAt(read(object, 'charge'), 'amount');
  return {
    ...words,
    noun: 'fraud warning',
    title: joined(moneyText(amount), 'from', payerOf(object)),
    facts: [
      wordsAt(object, 'fraud_type'),
      isTrue(object, 'actionable') ? 'a refund may still prevent a dispute' : null,
    ],
    facets: moneyFacets(amount),
    thread: idOf(object, 'payment_intent') ?? idOf(object, 'charge'),
  };
}
