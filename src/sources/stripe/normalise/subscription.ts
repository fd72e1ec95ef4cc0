import type { Tone } from '../../../model/activity.ts';
import { isTrue, list, numberOrNull, read, textOrNull } from '../../../shared/payload.ts';
import { SUBSCRIPTION, SUBSCRIPTION_STATUS } from '../../../telling/commerce.ts';
import { dayFact, firstText, joined, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import { type Told, wordsOf } from '../../../telling/told.ts';
import type { Money } from '../../../text/money.ts';
import { moneyOf } from '../money.ts';
import { idOf } from './dashboard.ts';
import { hasChanged, type StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { payerOf, rateOf } from './parts.ts';

const STARTED = wordsOf(SUBSCRIPTION, 'created')?.headline;

export function subscription(event: StripeEvent): Told {
  const { object, action } = event;
  const status = textOrNull(object, 'status');
  const change = action === 'updated' ? changeOf(event) : null;
  const words = change ?? createdWords(event) ?? wordsOf(SUBSCRIPTION, action === 'deleted' ? 'ended' : action);
  if (words === null) return generic(event);
  return {
    ...words,
    noun: 'subscription',
    title: joined(planOf(object), 'for', payerOf(object)),
    facts: [...(change?.facts ?? []), ...whenOf(event)],
    facets: { conclusion: status, ...moneyFacets(costOf(object)) },
    thread: idOf(object, 'id'),
    happening: words.headline === STARTED && idOf(object, 'id') !== null ? `started ${idOf(object, 'id')}` : null,
    isMinor: action === 'created' ? status === 'incomplete' : action === 'updated' && change === null,
  };
}

function createdWords({ object, action }: StripeEvent): ReturnType<typeof wordsOf> {
  const status = textOrNull(object, 'status');
  if (action !== 'created' || status === null || status === 'active') return null;
  return status === 'trialing' ? wordsOf(SUBSCRIPTION, 'trial_started') : wordsOf(SUBSCRIPTION_STATUS, status);
}

/** What somebody would want to hear of; null where only dates and details changed, as at each renewal. */
function changeOf(event: StripeEvent): (Pick<Told, 'headline' | 'tone'> & Pick<Told, 'facts'>) | null {
  const { object, previous } = event;
  if (hasChanged(event, 'status')) {
    const was = wordsAt(previous, 'status');
    const now = textOrNull(object, 'status');
    // Once its first payment has come, it has started.
    if (now === 'active' && textOrNull(previous, 'status') === 'incomplete') return wordsOf(SUBSCRIPTION, 'created');
    const words = wordsOf(SUBSCRIPTION_STATUS, now);
    if (words !== null && was !== wordsAt(object, 'status')) return { ...words, facts: [was && `was ${was}`] };
  }
  if (hasChanged(event, 'cancel_at_period_end') || hasChanged(event, 'cancel_at')) {
    const isEnding = isTrue(object, 'cancel_at_period_end') || numberOrNull(object, 'cancel_at') !== null;
    return isEnding
      ? {
          headline: 'Subscription will end',
          tone: 'bad',
          facts: [
            firstText(object, ['cancellation_details.comment']) ?? wordsAt(object, 'cancellation_details.feedback'),
          ],
        }
      : { headline: 'Subscription goes on after all', tone: 'good' };
  }
  if (hasChanged(event, 'pause_collection')) return pauseOf(object);
  const before = planOf(previous);
  const now = planOf(object);
  if (before !== null && before !== now)
    return { headline: 'Subscription changed', tone: 'neutral', facts: [`was ${before}`] };
  const quantity = numberOrNull(previous, 'quantity');
  const isCount = quantity !== null && quantity !== numberOrNull(object, 'quantity');
  return isCount ? { headline: 'Subscription changed', tone: 'neutral', facts: [`was ${quantity} ×`] } : null;
}

/** It goes on, and nobody is asked to pay. */
function pauseOf(object: unknown): Pick<Told, 'headline' | 'tone' | 'facts'> & { readonly tone: Tone } {
  const isPaused = read(object, 'pause_collection.behavior') !== undefined;
  return isPaused
    ? {
        headline: 'Subscription payments paused',
        tone: 'waiting',
        facts: [dayFact('until', object, 'pause_collection.resumes_at')],
      }
    : { headline: 'Subscription payments resumed', tone: 'good' };
}

/** `Pro, 2 × $10.00 a month`; a plan's or product's name where the payload has one. Null: it says neither. */
function planOf(object: unknown): string | null {
  const items = list(object, 'items.data');
  const price = priceOf(object);
  const rate = rateOf(price, currencyOf(price, object));
  const name = firstText(price, ['nickname', 'product.name', 'name']);
  const quantity = quantityOf(object);
  const counted = rate !== null && quantity > 1 ? `${quantity} × ${rate}` : rate;
  const plan = [name, counted].filter((part) => part !== null).join(', ');
  if (plan === '') return null;
  return items.length > 1 ? `${plan} and ${items.length - 1} more` : plan;
}

/** What one period costs, of a single price. */
function costOf(object: unknown): Money | null {
  if (list(object, 'items.data').length > 1) return null;
  const price = priceOf(object);
  const unit = numberOrNull(price, 'unit_amount') ?? numberOrNull(price, 'amount');
  return unit === null ? null : moneyOf(unit * quantityOf(object), currencyOf(price, object));
}

function priceOf(object: unknown): unknown {
  const [first] = list(object, 'items.data');
  return [read(first, 'price'), read(first, 'plan'), read(object, 'plan'), read(object, 'price')].find(Boolean);
}

function quantityOf(object: unknown): number {
  return numberOrNull(list(object, 'items.data')[0], 'quantity') ?? numberOrNull(object, 'quantity') ?? 1;
}

function currencyOf(price: unknown, object: unknown): unknown {
  return read(price, 'currency') ?? read(object, 'currency');
}

function whenOf({ object, action }: StripeEvent): readonly (string | null)[] {
  const status = textOrNull(object, 'status');
  if (action === 'trial_will_end' || status === 'trialing') return [dayFact('trial ends', object, 'trial_end')];
  if (action === 'deleted')
    return [
      wordsAt(object, 'cancellation_details.reason'),
      firstText(object, ['cancellation_details.comment']) ?? wordsAt(object, 'cancellation_details.feedback'),
    ];
  if (numberOrNull(object, 'cancel_at') !== null) return [dayFact('ends', object, 'cancel_at')];
  return isTrue(object, 'cancel_at_period_end') ? [periodEnd(object)] : [];
}

/** Newer versions keep the period with the items. */
function periodEnd(object: unknown): string | null {
  return (
    dayFact('ends', object, 'current_period_end') ??
    dayFact('ends', list(object, 'items.data')[0], 'current_period_end')
  );
}
