import { textOrNull } from '../../../shared/payload.ts';
import { SUBSCRIPTION, SUBSCRIPTION_STATUS } from '../../../telling/commerce.ts';
import { dayFact, moneyFacets } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import type { SquareEvent } from './event.ts';
import { told } from './generic.ts';
import { moneyAt } from './parts.ts';
import { conclusionOf } from './payment.ts';

const OWN: WordTable = {
  completed: ['Subscription completed'],
  deactivated: ['Subscription deactivated', 'bad'],
  ending: ['Subscription will end', 'bad'],
  pending: ['Subscription begins later', 'waiting'],
};

/** No event says what it was before: `updated` is news where it is not simply active. */
export function subscription(event: SquareEvent): Told {
  const { object, objectId } = event;
  const status = textOrNull(object, 'status')?.toLowerCase() ?? null;
  const isEnding = status === 'active' && textOrNull(object, 'canceled_date') !== null;
  const became = becameOf(event, status, isEnding);
  const words = wordsOf(SUBSCRIPTION, became) ?? wordsOf(OWN, became) ?? wordsOf(SUBSCRIPTION_STATUS, became);
  if (words === null) return told(event);
  const price = moneyAt(object, 'price_override_money');
  return {
    ...words,
    noun: 'subscription',
    title: moneyText(price) ?? '',
    facts: [
      became === 'created' || became === 'pending' ? dayFact('from', object, 'start_date') : null,
      isEnding ? dayFact('ends', object, 'canceled_date') : null,
      dayFact('paid until', object, 'charged_through_date'),
    ],
    facets: { conclusion: conclusionOf(status), ...moneyFacets(price) },
    thread: objectId,
    happening: objectId === null || became === 'updated' ? null : `subscription ${objectId} ${became} ${endOf(object)}`,
    isMinor: became === 'updated',
  };
}

function becameOf({ action }: SquareEvent, status: string | null, isEnding: boolean): string | null {
  if (isEnding) return 'ending';
  if (status === 'active' || status === null) return action;
  return status;
}

function endOf(object: unknown): string {
  return textOrNull(object, 'canceled_date') ?? textOrNull(object, 'paused_until_date') ?? '';
}
