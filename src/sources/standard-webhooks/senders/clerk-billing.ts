import { read } from '../../../shared/payload.ts';
import { firstText, idAt, joined, moneyFacets, numberAt, wordsAt } from '../../../telling/parts.ts';
import type { Told, WordTable } from '../../../telling/told.ts';
import { wordsOf } from '../../../telling/told.ts';
import { type Money, minorMoney, moneyText } from '../../../text/money.ts';
import { fullName, userName } from './clerk-people.ts';
import { inGeneralWords } from './everybody-else.ts';
import type { SentEvent } from './sender.ts';

const PAYMENT: WordTable = {
  paid: ['Payment succeeded', 'good'],
  failed: ['Payment failed', 'bad'],
  pending: ['Payment pending'],
};

const SUBSCRIPTION: WordTable = {
  created: ['Subscription created', 'good'],
  active: ['Subscription active', 'good'],
  updated: ['Subscription updated'],
  pastDue: ['Subscription past due', 'bad'],
  canceled: ['Subscription canceled', 'bad'],
  ended: ['Subscription ended', 'bad'],
  upcoming: ['Subscription upcoming'],
  incomplete: ['Subscription incomplete', 'waiting'],
  abandoned: ['Subscription abandoned'],
  freeTrialEnding: ['Free trial ending', 'waiting'],
};

/** `Payment failed in Clerk: $20.00 from lena@example.com` */
export function payment(event: SentEvent): Told {
  const { data } = event;
  const status = firstText(data, ['status']);
  const words = wordsOf(PAYMENT, status);
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
  const words = wordsOf(SUBSCRIPTION, event.action);
  if (words === null) return inGeneralWords(event);
  const { data } = event;
  const plan = firstText(data, ['plan.name', 'items.0.plan.name']);
  return {
    ...words,
    noun: 'subscription',
    handle: null,
    title: joined(plan, 'for', payer(data)),
    facts: [wordsAt(data, 'status')],
    thread: threadOf('subscription', idAt(data, 'subscription_id') ?? idAt(data, 'id')),
  };
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
