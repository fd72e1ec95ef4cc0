import { list, read, textOrNull } from '../../../shared/payload.ts';
import { PAYOUT } from '../../../telling/commerce.ts';
import { dayFact, firstText, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { enumerated } from '../../../text/words.ts';
import { money } from '../money.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { moneyAt } from './parts.ts';

const TOPUP: WordTable = {
  canceled: ['Top-up canceled'],
  created: ['Top-up started', 'waiting'],
  failed: ['Top-up failed', 'bad'],
  reversed: ['Top-up reversed', 'bad'],
  succeeded: ['Top-up succeeded', 'good'],
};

const TRANSFER: WordTable = {
  created: ['Transfer made'],
  failed: ['Transfer failed', 'bad'],
  paid: ['Transfer paid', 'good'],
  reversed: ['Transfer reversed', 'bad'],
  updated: ['Transfer updated'],
};

/** Money to the account's own bank. */
export function payout(event: StripeEvent): Told {
  return moved(event, 'payout', PAYOUT);
}

export function topup(event: StripeEvent): Told {
  return moved(event, 'top-up', TOPUP);
}

/** Money to a connected account; before 2017, what is now a payout. */
export function transfer(event: StripeEvent): Told {
  return moved(event, 'transfer', TRANSFER);
}

function moved(event: StripeEvent, noun: string, table: WordTable): Told {
  const { object, action } = event;
  const words = wordsOf(table, action);
  if (words === null) return generic(event);
  const isComing = action === 'created' || action === 'updated';
  const bank = firstText(object, [
    'destination.bank_name',
    'bank_account.bank_name',
    'account.bank_name',
    'destination.business_profile.name',
  ]);
  const amount = moneyAt(object, action === 'reversed' ? reversedField(object) : 'amount');
  return {
    ...words,
    noun,
    title: joined(moneyText(amount), 'to', bank),
    facts: [
      firstText(object, ['failure_message']),
      isComing ? dayFact('arrives', object, 'arrival_date') : null,
      firstText(object, ['description']),
    ],
    facets: {
      conclusion: textOrNull(object, 'failure_code') ?? (action === 'failed' ? action : textOrNull(object, 'status')),
      ...moneyFacets(amount),
    },
    thread: idOf(object, 'id'),
  };
}

function reversedField(object: unknown): string {
  return read(object, 'amount_reversed') === undefined ? 'amount' : 'amount_reversed';
}

/** What can be paid out now, in each currency. */
export function balance(event: StripeEvent): Told {
  const amounts = list(event.object, 'available')
    .map((one) => money(read(one, 'amount'), read(one, 'currency')))
    .filter((amount) => amount !== null);
  if (event.action !== 'available') return generic(event);
  return { headline: 'Balance available', tone: 'neutral', noun: 'balance', title: enumerated(amounts) ?? '' };
}
