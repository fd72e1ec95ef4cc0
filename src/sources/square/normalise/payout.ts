import { read, textOrNull } from '../../../shared/payload.ts';
import { PAYOUT } from '../../../telling/commerce.ts';
import { after, dayFact, firstText, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { spaced, withArticle } from '../../../text/words.ts';
import type { SquareEvent } from './event.ts';
import { told } from './generic.ts';
import { errorOf, moneyAt } from './parts.ts';
import { conclusionOf } from './payment.ts';

/** Money to one's own bank. */
export function payout(event: SquareEvent): Told {
  const { object, action, objectId } = event;
  const words = wordsOf(PAYOUT, action === 'sent' ? 'created' : action);
  if (words === null) return told(event);
  const amount = moneyAt(object, 'amount_money');
  const to = textOrNull(object, 'destination.type');
  return {
    ...words,
    noun: 'payout',
    title: joined(moneyText(amount), 'to', to === null ? null : placeIn(to)),
    facts: [errorOf(object), action === 'sent' ? dayFact('arrives', object, 'arrival_date') : null],
    facets: { conclusion: conclusionOf(textOrNull(object, 'status')), ...moneyFacets(amount) },
    thread: objectId,
  };
}

/** https://developer.squareup.com/reference/square/enums/DestinationType */
function placeIn(type: string): string {
  if (type === 'SQUARE_BALANCE' || type === 'SQUARE_STORED_BALANCE') return 'the Square balance';
  return withArticle(spaced(type).toLowerCase());
}

const BANK_ACCOUNT: WordTable = {
  created: ['Bank account added'],
  disabled: ['Bank account disabled', 'bad'],
  verified: ['Bank account verified', 'good'],
};

/** Where payouts go. */
export function bankAccount(event: SquareEvent): Told {
  const { object, action, objectId } = event;
  const words = wordsOf(BANK_ACCOUNT, action);
  if (words === null) return told(event);
  const bank = firstText(object, ['bank_name']);
  const end = after('ending in', firstText(object, ['account_number_suffix']));
  return {
    ...words,
    noun: 'bank account',
    title: [bank, end].filter((part) => part !== null).join(' '),
    facts: [after('of', firstText(object, ['holder_name'])), debitOf(object)],
    facets: { conclusion: conclusionOf(textOrNull(object, 'status')) },
    thread: objectId,
  };
}

function debitOf(object: unknown): string | null {
  return read(object, 'creditable') === false ? 'takes no payouts' : null;
}
