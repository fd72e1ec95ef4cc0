import { textOrNull } from '../../../shared/payload.ts';
import { ANSWER_BY, DISPUTE } from '../../../telling/commerce.ts';
import { dayFact, joined, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import { type Told, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { moneyAt, payerOf } from './parts.ts';

const CLOSED = new Map([
  ['lost', 'lost'],
  ['warning_closed', 'inquiry_closed'],
  ['won', 'won'],
]);

/** A customer has the bank take a payment back. An inquiry asks first: its status begins with `warning`. */
export function dispute(event: StripeEvent): Told {
  const { object, action } = event;
  const status = textOrNull(object, 'status') ?? '';
  const isInquiry = status.startsWith('warning') && action === 'created';
  const became = isInquiry ? 'inquired' : action === 'closed' ? (CLOSED.get(status) ?? action) : action;
  const words = wordsOf(DISPUTE, became);
  if (words === null) return generic(event);
  const isOpen = action === 'created' || action === 'updated';
  const amount = moneyAt(object, 'amount');
  const reason = wordsAt(object, 'reason');
  return {
    ...words,
    noun: action === 'created' ? 'payment' : 'dispute',
    title: joined(moneyText(amount), action === 'created' ? 'by' : 'from', payerOf(object) ?? evidenced(object)),
    facts: [
      reason === 'general' ? null : reason,
      isOpen && status.endsWith('needs_response') ? dayFact(ANSWER_BY, object, 'evidence_details.due_by') : null,
      action === 'updated' || became === 'closed' ? wordsAt(object, 'status') : null,
    ],
    facets: { conclusion: status === '' ? null : status, ...moneyFacets(amount) },
    thread: idOf(object, 'payment_intent') ?? idOf(object, 'charge'),
  };
}

function evidenced(object: unknown): string | null {
  return textOrNull(object, 'evidence.customer_name') ?? textOrNull(object, 'evidence.customer_email_address');
}
