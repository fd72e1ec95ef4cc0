import type { Family } from '../../../telling/told.ts';
import { dispute } from './dispute.ts';
import type { SquareEvent } from './event.ts';
import { invoice } from './invoice.ts';
import { payment, refund } from './payment.ts';
import { bankAccount, payout } from './payout.ts';
import { card, customer, giftCard, teamMember } from './people.ts';
import { authorization, booking, fulfillment, testEvent } from './shop.ts';
import { subscription } from './subscription.ts';

/** Event type → who tells it. What is not here is told by its name. */
export const FAMILIES: ReadonlyMap<string, Family<SquareEvent>> = new Map<string, Family<SquareEvent>>([
  ['bank_account', bankAccount],
  ['booking', booking],
  ['card', card],
  ['customer', customer],
  ['dispute', dispute],
  ['dispute.evidence', dispute],
  ['dispute.state', dispute],
  ['gift_card', giftCard],
  ['invoice', invoice],
  ['oauth.authorization', authorization],
  ['order.fulfillment', fulfillment],
  ['payment', payment],
  ['payout', payout],
  ['refund', refund],
  ['subscription', subscription],
  ['team_member', teamMember],
  ['webhooks', testEvent],
]);
