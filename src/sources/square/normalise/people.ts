import { textOrNull } from '../../../shared/payload.ts';
import { firstText, joined, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import type { SquareEvent } from './event.ts';
import { told } from './generic.ts';
import { cardOf, moneyAt, personOf } from './parts.ts';

const CUSTOMER: WordTable = {
  created: ['Customer added'],
  deleted: ['Customer deleted'],
  updated: ['Customer changed'],
};

/** Square makes one of each payer whom it does not know: `INSTANT_PROFILE`. */
export function customer(event: SquareEvent): Told {
  return somebody(event, 'customer', CUSTOMER, textOrNull(event.object, 'creation_source') === 'INSTANT_PROFILE');
}

const TEAM_MEMBER: WordTable = {
  created: ['Team member added'],
  updated: ['Team member changed'],
};

export function teamMember(event: SquareEvent): Told {
  return somebody(event, 'team member', TEAM_MEMBER);
}

function somebody(event: SquareEvent, noun: string, table: WordTable, isMinor = false): Told {
  const { object, action, objectId } = event;
  const words = wordsOf(table, action);
  const name = personOf(object);
  if (words === null || name === null) return told(event);
  return { ...words, noun, title: name, thread: objectId, isMinor };
}

const CARD: WordTable = {
  automatically_updated: ['Saved card renewed'],
  created: ['Card saved'],
  disabled: ['Saved card disabled'],
  forgotten: ['Saved card forgotten'],
  updated: ['Saved card changed'],
};

export function card(event: SquareEvent): Told {
  const { object, action, objectId } = event;
  const words = wordsOf(CARD, action);
  const name = cardOf(object);
  if (words === null || name === null) return told(event);
  return {
    ...words,
    noun: 'card',
    title: joined(name, 'of', firstText(object, ['cardholder_name'])),
    thread: objectId,
  };
}

const GIFT_CARD: WordTable = {
  created: ['Gift card made'],
  customer_linked: ['Gift card given to a customer'],
  customer_unlinked: ['Gift card taken from a customer'],
  updated: ['Gift card changed'],
};

/** Its number is money, and not said. */
export function giftCard(event: SquareEvent): Told {
  const { object, action, objectId } = event;
  const words = wordsOf(GIFT_CARD, action);
  if (words === null) return told(event);
  const balance = moneyAt(object, 'balance_money');
  return {
    ...words,
    noun: 'gift card',
    title: moneyText(balance) ?? '',
    facts: [wordsAt(object, 'state')],
    facets: moneyFacets(balance),
    thread: objectId,
  };
}
