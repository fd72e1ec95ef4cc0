import { textOrNull } from '../../../shared/payload.ts';
import { REFUND } from '../../../telling/commerce.ts';
import { joined, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import { type Told, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { moneyAt, payerOf } from './parts.ts';

/** `refund`, and `charge.refund` of older versions. */
export function refund(event: StripeEvent): Told {
  const { object, action } = event;
  const hasFailed = textOrNull(object, 'status') === 'failed';
  const words = wordsOf(REFUND, hasFailed ? 'failed' : action);
  if (words === null) return generic(event);
  const amount = moneyAt(object, 'amount');
  return {
    ...words,
    noun: 'refund',
    title: joined(moneyText(amount), 'to', payerOf(object)),
    facts: [wordsAt(object, 'failure_reason'), wordsAt(object, 'reason'), wordsAt(object, 'status')],
    facets: { conclusion: textOrNull(object, 'status'), ...moneyFacets(amount) },
    thread: idOf(object, 'payment_intent') ?? idOf(object, 'charge'),
    isMinor: !hasFailed,
  };
}
