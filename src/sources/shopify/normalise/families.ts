import type { Family } from '../../../telling/told.ts';
import type { ShopifyEvent } from './event.ts';
import { fulfillment, fulfillmentEvent, fulfillmentOrder, returned } from './fulfillment.ts';
import { checkout, draftOrder, order, paymentSchedule, transaction } from './order.ts';
import { dispute, refund } from './refund.ts';
import {
  app,
  audit,
  bulkOperation,
  consent,
  customer,
  customerTopic,
  inventoryItem,
  inventoryLevel,
  product,
  shop,
  variant,
} from './shop.ts';
import { appSubscription, billingAttempt, contract } from './subscription.ts';

/** Topic → who tells it. What is not here is told by `thing`. */
export const FAMILIES: ReadonlyMap<string, Family<ShopifyEvent>> = new Map<string, Family<ShopifyEvent>>([
  ['app', app],
  ['app_purchases_one_time', appSubscription],
  ['app_subscriptions', appSubscription],
  ['audit_events', audit],
  ['bulk_operations', bulkOperation],
  ['carts', checkout],
  ['checkouts', checkout],
  ['customer', customerTopic],
  ['customers', customer],
  ['customers_email_marketing_consent', consent],
  ['customers_marketing_consent', consent],
  ['disputes', dispute],
  ['draft_orders', draftOrder],
  ['fulfillment_events', fulfillmentEvent],
  ['fulfillment_orders', fulfillmentOrder],
  ['fulfillments', fulfillment],
  ['inventory_items', inventoryItem],
  ['inventory_levels', inventoryLevel],
  ['order_transactions', transaction],
  ['orders', order],
  ['payment_schedules', paymentSchedule],
  ['products', product],
  ['refunds', refund],
  ['returns', returned],
  ['shop', shop],
  ['subscription_billing_attempts', billingAttempt],
  ['subscription_contracts', contract],
  ['tender_transactions', transaction],
  ['variants', variant],
]);
