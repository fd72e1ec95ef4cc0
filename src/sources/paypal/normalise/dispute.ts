import { list, textOrNull } from '../../../shared/payload.ts';
import { ANSWER_BY, DISPUTE } from '../../../telling/commerce.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { after, dayFact, firstText, joined, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import type { PaypalEvent } from './event.ts';
import { told } from './generic.ts';
import { conclusionAt, moneyAt, nameOf, reasonAt } from './parts.ts';

const OWN: WordTable = {
  appealable: ['Dispute may be appealed', 'waiting'],
  waits_for_buyer: ['Dispute waits for the buyer', 'waiting'],
};

/** https://developer.paypal.com/docs/api/customer-disputes/v1/#definition-dispute_outcome */
const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ['ACCEPTED', 'accepted'],
  ['RESOLVED_BUYER_FAVOUR', 'lost'],
  ['RESOLVED_SELLER_FAVOUR', 'won'],
]);

const STATES: ReadonlyMap<string, string> = new Map([
  ['APPEALABLE', 'appealable'],
  ['REQUIRED_ACTION', 'needs_answer'],
  ['UNDER_REVIEW', 'under_review'],
  ['WAITING_FOR_BUYER_RESPONSE', 'waits_for_buyer'],
  ['WAITING_FOR_SELLER_RESPONSE', 'needs_answer'],
]);

/** A customer asks for the money back, of PayPal or of the bank. */
export function dispute(event: PaypalEvent): Told {
  const { resource, action } = event;
  const outcome = textOrNull(resource, 'dispute_outcome.outcome_code') ?? textOrNull(resource, 'outcome') ?? '';
  const state = textOrNull(resource, 'status') ?? '';
  const became = becameOf(action, outcome, state);
  const words = wordsOf(DISPUTE, became) ?? wordsOf(OWN, became);
  if (words === null) return told(event);
  const amount = moneyAt(resource, 'dispute_amount');
  const [transaction] = list(resource, 'disputed_transactions');
  const isOpen = action !== 'RESOLVED';
  return {
    ...words,
    noun: action === 'CREATED' ? 'payment' : 'dispute',
    handle: textOrNull(resource, 'dispute_id'),
    title: joined(moneyText(amount), isOpen ? 'by' : 'from', buyerOf(transaction)),
    facts: [
      reasonAt(resource, ['reason']),
      isOpen ? answerBy(resource) : null,
      stageOf(resource),
      isOpen ? null : outcomeOf(became, outcome),
      isOpen ? null : after('refunded', moneyText(moneyAt(resource, 'dispute_outcome.amount_refunded'))),
    ],
    excerpt: action === 'CREATED' ? excerpt(saidByBuyer(resource)) : null,
    facets: {
      conclusion: outcome === '' ? conclusionAt(resource, ['status']) : outcome.toLowerCase(),
      ...moneyFacets(amount),
    },
    thread: textOrNull(transaction, 'seller_transaction_id') ?? textOrNull(resource, 'dispute_id'),
    isMinor: became !== 'needs_answer',
  };
}

function becameOf(action: string | null, outcome: string, state: string): string | null {
  switch (action) {
    case 'CREATED':
      return 'created';
    case 'RESOLVED':
      return OUTCOMES.get(outcome) ?? 'closed';
    case 'UPDATED':
      return STATES.get(state) ?? 'updated';
    default:
      return null;
  }
}

function answerBy(resource: unknown): string | null {
  return dayFact(ANSWER_BY, resource, 'seller_response_due_date') ?? dayFact(ANSWER_BY, resource, 'response_due_date');
}

/** Who is told of no outcome reads how it ended: `canceled by buyer`. */
function outcomeOf(became: string | null, outcome: string): string | null {
  return became === 'closed' && outcome !== '' && outcome !== 'NONE' ? wordsAt({ outcome }, 'outcome') : null;
}

function stageOf(resource: unknown): string | null {
  const stage = textOrNull(resource, 'dispute_life_cycle_stage');
  return stage === null || stage === 'INQUIRY' ? null : wordsAt({ stage }, 'stage');
}

function buyerOf(transaction: unknown): string | null {
  return firstText(transaction, ['buyer.name', 'buyer.email']);
}

function saidByBuyer(resource: unknown): string | null {
  const message = list(resource, 'messages').find((each) => textOrNull(each, 'posted_by') === 'BUYER');
  return firstText(message, ['content']);
}

const CHARGEBACK: WordTable = {
  CREATED: ['Payment disputed', 'bad'],
  'DECISION-RESPONDED': ['Chargeback answered'],
  UPDATED: ['Chargeback updated'],
};

/** Of who sells for others: a chargeback as the platform sees it. */
export function chargeback(event: PaypalEvent): Told {
  const { resource, action } = event;
  const words = wordsOf(CHARGEBACK, action);
  if (words === null) return told(event);
  const amount = moneyAt(resource, 'amount');
  return {
    ...words,
    noun: 'chargeback',
    handle: textOrNull(resource, 'id'),
    title: joined(moneyText(amount), 'by', nameOf(resource)),
    facts: [
      reasonAt(resource, ['reason', 'reason_code']),
      wordsAt(resource, 'decision'),
      dayFact(ANSWER_BY, resource, 'response_by_time'),
      firstText(resource, ['decision_notes']),
    ],
    facets: { conclusion: conclusionAt(resource, ['status', 'decision']), ...moneyFacets(amount) },
    thread: textOrNull(resource, 'transaction_id') ?? textOrNull(resource, 'id'),
  };
}
