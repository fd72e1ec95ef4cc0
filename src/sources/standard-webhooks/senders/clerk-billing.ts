import { read } from '../../../shared/payload.ts';
import { PAYMENT, SUBSCRIPTION, SUBSCRIPTION_STATUS } from '../../../telling/commerce.ts';
import {
  after,
  dayOf,
  firstText,
  idAt,
  joined,
  momentAt,
  moneyFacets,
  numberAt,
  wordsAt,
} from '../../../telling/parts.ts';
import type { Told, WordTable } from '../../../telling/told.ts';
import { wordsOf } from '../../../telling/told.ts';
import { type Money, minorMoney, moneyText } from '../../../text/money.ts';
import { fullName, userName } from './clerk-people.ts';
import { inGeneralWords } from './everybody-else.ts';
import type { SentEvent } from './sender.ts';

/** What is Clerk's own name for it → what became of it. */
const BECAME: ReadonlyMap<string, string> = new Map([
  ['freeTrialEnding', 'trial_will_end'],
  ['paid', 'succeeded'],
  ['pastDue', 'past_due'],
]);

const OWN: WordTable = {
  abandoned: ['Subscription abandoned'],
  upcoming: ['Subscription begins later'],
};

/** `Payment failed in Clerk: $20.00 from lena@example.com` */
export function payment(event: SentEvent): Told {
  const { data } = event;
  const status = firstText(data, ['status']);
  const words = wordsOf(PAYMENT, BECAME.get(status ?? '') ?? status);
  if (words === null) return inGeneralWords(event);
  const amount = moneyAt(data, 'totals.grand_total');
  return {
    ...words,
    noun: 'payment',
    handle: null,
    title: joined(moneyText(amount), 'from', payer(data)),
    facts: [
      status === 'failed' ? (wordsAt(data, 'failed_reason.decline_code') ?? wordsAt(data, 'failed_reason.code')) : null,
    ],
    facets: moneyFacets(amount),
    thread: threadOf('payment', idAt(data, 'payment_id')),
  };
}

export function subscription(event: SentEvent): Told {
  const { data, action } = event;
  const became = BECAME.get(action ?? '') ?? action;
  const words = wordsOf(SUBSCRIPTION, became) ?? wordsOf(SUBSCRIPTION_STATUS, became) ?? wordsOf(OWN, became);
  if (words === null) return inGeneralWords(event);
  const plan = firstText(data, ['plan.name', 'items.0.plan.name']);
  return {
    ...words,
    noun: 'subscription',
    handle: null,
    title: joined(plan, 'for', payer(data)),
    isMinor: priceOf(data) === 0,
    facts: [action === 'updated' ? wordsAt(data, 'status') : null, endOf(data, became)],
    thread: threadOf('subscription', idAt(data, 'subscription_id') ?? idAt(data, 'id')),
  };
}

/** Everybody has the free one. Null: nobody says. */
function priceOf(data: unknown): number | null {
  return numberAt(data, 'plan.amount') ?? numberAt(data, 'plan.fee.amount');
}

/** One that is canceled goes on until it is over. */
function endOf(data: unknown, became: string | null): string | null {
  const end = dayOf(momentAt(data, 'period_end'));
  if (became === 'trial_will_end') return after('trial ends', end);
  return became === 'canceled' ? after('ends', end) : null;
}

function payer(data: unknown): string | null {
  const who = read(data, 'payer');
  return firstText(who, ['organization_name']) ?? userName(who) ?? fullName(who);
}

/** In the currency's smallest unit. */
function moneyAt(data: unknown, path: string): Money | null {
  return minorMoney(numberAt(data, `${path}.amount`), read(data, `${path}.currency`));
}

function threadOf(noun: string, id: string | null): string | null {
  return id === null ? null : `${noun} ${id}`;
}
