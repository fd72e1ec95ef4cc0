import { textOrNull } from '../../../shared/payload.ts';
import { ANSWER_BY, DISPUTE } from '../../../telling/commerce.ts';
import { dayFact, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import type { SquareEvent } from './event.ts';
import { told } from './generic.ts';
import { cardOf, moneyAt } from './parts.ts';
import { conclusionOf } from './payment.ts';

/** What a state is, once it is a change. https://developer.squareup.com/reference/square/enums/DisputeState */
const BECAME: ReadonlyMap<string, string> = new Map([
  ['ACCEPTED', 'accepted'],
  ['EVIDENCE_REQUIRED', 'needs_answer'],
  ['INQUIRY_CLOSED', 'inquiry_closed'],
  ['INQUIRY_EVIDENCE_REQUIRED', 'needs_answer'],
  ['INQUIRY_PROCESSING', 'under_review'],
  ['LOST', 'lost'],
  ['PROCESSING', 'under_review'],
  ['WAITING_THIRD_PARTY', 'under_review'],
  ['WON', 'won'],
]);

const EVIDENCE: WordTable = {
  added: ['Evidence added to dispute'],
  created: ['Evidence added to dispute'],
  deleted: ['Evidence removed from dispute'],
  removed: ['Evidence removed from dispute'],
};

/** A customer has the bank take a payment back; an inquiry asks first. */
export function dispute(event: SquareEvent): Told {
  const { object, type, action, payload, objectId } = event;
  const state = textOrNull(object, 'state') ?? '';
  const words = type === 'dispute.evidence' ? wordsOf(EVIDENCE, action) : wordsOfState(event, state);
  if (words === null) return told(event);
  const amount = moneyAt(object, 'amount_money');
  return {
    ...words,
    noun: type === 'dispute' ? 'payment' : 'dispute',
    title: moneyText(amount) ?? '',
    facts: [
      wordsAt(object, 'reason'),
      state.endsWith('EVIDENCE_REQUIRED') ? answerBy(object) : null,
      cardOf({ card_brand: textOrNull(object, 'card_brand') }),
    ],
    facets: { conclusion: conclusionOf(state || null), ...moneyFacets(amount) },
    thread: textOrNull(object, 'disputed_payment.payment_id') ?? textOrNull(payload, 'data.id'),
    happening: type !== 'dispute.evidence' && objectId !== null && state !== '' ? `dispute ${objectId} ${state}` : null,
  };
}

function wordsOfState({ type, action }: SquareEvent, state: string): ReturnType<typeof wordsOf> {
  if (type === 'dispute') {
    return wordsOf(DISPUTE, action === 'created' && state.startsWith('INQUIRY') ? 'inquired' : action);
  }
  return wordsOf(DISPUTE, BECAME.get(state) ?? 'updated');
}

function answerBy(object: unknown): string | null {
  return dayFact(ANSWER_BY, object, 'due_at') ?? dayFact(ANSWER_BY, object, 'due_date');
}
