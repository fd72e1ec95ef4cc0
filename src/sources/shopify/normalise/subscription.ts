import { read, textOrNull } from '../../../shared/payload.ts';
import { SUBSCRIPTION, SUBSCRIPTION_STATUS } from '../../../telling/commerce.ts';
import { after, idAt, moneyFacets, numberAt, worded, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { capitalised, counted } from '../../../text/words.ts';
import type { ShopifyEvent } from './event.ts';
import { idOf, ownId } from './ids.ts';
import { moneyAt } from './parts.ts';
import { doneOf, thing } from './thing.ts';

/** Topic → the words that all sellers share. */
const CONTRACT: ReadonlyMap<string, string> = new Map([
  ['create', 'created'],
  ['update', 'updated'],
]);
const STATUS: ReadonlyMap<string, string> = new Map([
  ['activate', 'active'],
  ['cancel', 'canceled'],
  ['expire', 'expired'],
  ['pause', 'paused'],
]);
const FAILED = { headline: 'Subscription failed', tone: 'bad' } as const;

/** What a customer gets, and pays, again and again. */
export function contract(event: ShopifyEvent): Told {
  const { object, action } = event;
  const words =
    wordsOf(SUBSCRIPTION, CONTRACT.get(action ?? '') ?? '') ??
    wordsOf(SUBSCRIPTION_STATUS, STATUS.get(action ?? '') ?? '') ??
    (action === 'fail' ? FAILED : null);
  if (words === null) return thing(event);
  return {
    ...words,
    noun: 'subscription',
    title: rhythm(object) ?? '',
    facts: [action === 'update' ? wordsAt(object, 'status') : null],
    facets: { conclusion: textOrNull(object, 'status') },
    thread: after('subscription', ownId(object)),
  };
}

/** `every 4 weeks` */
function rhythm(object: unknown): string | null {
  const unit = textOrNull(object, 'billing_policy.interval')?.toLowerCase() ?? null;
  const count = numberAt(object, 'billing_policy.interval_count') ?? 1;
  if (unit === null || !/^(?:day|week|month|year)$/.test(unit) || !Number.isSafeInteger(count) || count < 1)
    return null;
  return count === 1 ? `every ${unit}` : `every ${counted(count, unit)}`;
}

const ATTEMPT: WordTable = {
  challenged: ['Subscription payment needs the customer', 'waiting'],
  failure: ['Subscription payment failed', 'bad'],
  success: ['Subscription payment succeeded', 'good'],
};

export function billingAttempt(event: ShopifyEvent): Told {
  const { object, action } = event;
  const words = wordsOf(ATTEMPT, action);
  if (words === null) return thing(event);
  return {
    ...words,
    noun: 'subscription payment',
    title: action === 'failure' ? (textOrNull(object, 'error_message') ?? wordsAt(object, 'error_code') ?? '') : '',
    facets: { conclusion: textOrNull(object, 'error_code') },
    thread: after('subscription', idOf(object, 'subscription_contract')),
    sum: { noun: 'subscription payment', part: PARTS.get(action ?? '') ?? null, alone: null },
  };
}

const PARTS: ReadonlyMap<string, string> = new Map([
  ['challenged', 'to be confirmed'],
  ['failure', 'failed'],
  ['success', 'succeeded'],
]);

const APP_STATUS: ReadonlyMap<string, string> = new Map([
  ['cancelled', 'canceled'],
  ['frozen', 'suspended'],
]);
const OWN: WordTable = {
  accepted: ['Subscription accepted', 'good'],
  declined: ['Subscription declined', 'bad'],
  pending: ['Subscription waits for the merchant', 'waiting'],
};

/** What a shop pays for the app: a plan, or something once. */
export function appSubscription(event: ShopifyEvent): Told {
  const { object, action, type } = event;
  const cap = moneyAt({ amount: read(object, 'capped_amount'), currency: currencyOf(object) }, 'amount');
  const price = moneyAt({ amount: read(object, 'price'), currency: currencyOf(object) }, 'amount');
  const about = {
    noun: type === 'app_subscriptions' ? 'subscription' : 'app purchase',
    title: textOrNull(object, 'name') ?? '',
    facets: { conclusion: textOrNull(object, 'status'), ...moneyFacets(price ?? cap) },
    thread: after('app subscription', ownId(object)),
  };
  if (action === 'approaching_capped_amount') return { ...about, ...nearCap(object, cap) };
  const status = textOrNull(object, 'status')?.toLowerCase() ?? '';
  const words = type === 'app_subscriptions' ? statusWords(APP_STATUS.get(status) ?? status) : null;
  const facts = [moneyText(price), words === null && status !== '' ? worded(status) : null];
  const headline = `${capitalised(about.noun)} ${doneOf(action)}`.trim();
  return { ...thing(event), headline, ...words, ...about, facts };
}

function statusWords(status: string) {
  return wordsOf(SUBSCRIPTION_STATUS, status) ?? wordsOf(OWN, status);
}

function nearCap(object: unknown, cap: ReturnType<typeof moneyAt>): Pick<Told, 'headline' | 'tone' | 'facts' | 'sum'> {
  const used = moneyAt({ amount: idAt(object, 'balance_used'), currency: currencyOf(object) }, 'amount');
  const of = moneyText(cap);
  const sum = { noun: 'subscription', part: 'near its cap', alone: null };
  const fact = used === null || of === null ? after('cap:', of) : `${moneyText(used)} of ${of} used`;
  return { headline: 'Subscription near its cap', tone: 'waiting', facts: [fact], sum };
}

function currencyOf(object: unknown): string | null {
  return textOrNull(object, 'currency_code') ?? textOrNull(object, 'currency');
}
