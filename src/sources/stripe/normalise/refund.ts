import { textOrNull } from '../../../shared/payload.ts';
import { REFUND } from '../../../telling/commerce.ts';
import { joined, moneyFacets, worded, wordsAt } from '../../../telling/parts.ts';
import { type Told, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { moneyAt, payerOf } from './parts.ts';

const ENDED: ReadonlySet<string> = new Set(['canceled', 'failed', 'succeeded']);

function statusOf(status: string | null): string | null {
  return status === null || ENDED.has(status) ? null : worded(status);
}

/** `refund`, and `charge.refund` of older versions. */
export function refund(event: StripeEvent): Told {
  const { object, action } = event;
  const status = textOrNull(object, 'status');
  const hasFailed = status === 'failed';
  // Since 2024 most are paid at once.
  const words = wordsOf(REFUND, status !== null && ENDED.has(status) ? status : action);
  if (words === null) return generic(event);
  const id = idOf(object, 'id');
  const amount = moneyAt(object, 'amount');
  return {
    ...words,
    noun: 'refund',
    title: joined(moneyText(amount), 'to', payerOf(object)),
    facts: [wordsAt(object, 'failure_reason'), wordsAt(object, 'reason'), statusOf(status)],
    facets: { conclusion: status, ...moneyFacets(amount) },
    thread: idOf(object, 'payment_intent') ?? idOf(object, 'charge'),
    happening: hasFailed && id !== null ? `refund failed ${id}` : null,
    isMinor: !hasFailed,
  };
}
