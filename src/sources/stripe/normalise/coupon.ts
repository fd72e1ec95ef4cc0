import { numberOrNull, read } from '../../../shared/payload.ts';
import { firstText } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { capitalised, spaced } from '../../../text/words.ts';
import type { StripeEvent } from './event.ts';
import { amountAt } from './parts.ts';

const NAMES = [
  'code',
  'name',
  'promotion.coupon.name',
  'coupon.name',
  'source.coupon.name',
  'coupon.id',
  'coupon',
  'id',
];

/** A coupon, the code that gives it, and the discount a customer has by it: `SPRING, 25% off`. */
export function coupon({ object, type, action }: StripeEvent): Told {
  const noun = type === 'customer.discount' ? 'discount' : spaced(type);
  const name = firstText(object, noun === 'discount' ? NAMES.slice(1, -1) : NAMES);
  const offer = [object, read(object, 'coupon'), read(object, 'promotion.coupon'), read(object, 'source.coupon')]
    .map(offerOf)
    .find((found) => found !== null);
  return {
    headline: `${capitalised(noun)} ${action ?? ''}`.trim(),
    tone: 'neutral',
    noun,
    // Many are called by what they give.
    title: [name, name?.includes('%') === true ? null : offer].filter(Boolean).join(', '),
    facts: [firstText(object, ['customer.name', 'customer.email'])],
  };
}

function offerOf(object: unknown): string | null {
  const percent = numberOrNull(object, 'percent_off');
  if (percent !== null) return `${percent}% off`;
  const amount = amountAt(object, 'amount_off');
  return amount === null ? null : `${amount} off`;
}
