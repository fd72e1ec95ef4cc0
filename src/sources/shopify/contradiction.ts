import type { EventName } from '../../model/kind.ts';
import { isObject, type Payload, read, textOrNull } from '../../shared/payload.ts';
import { gidType } from './normalise/ids.ts';

/** What an object calls itself, in the body that was signed → the topics that send it. */
const SENT_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ['BulkOperation', ['bulk_operations']],
  ['Collection', ['collections', 'collection_listings', 'collection_publications']],
  ['Customer', ['customers']],
  ['DraftOrder', ['draft_orders']],
  ['Fulfillment', ['fulfillments']],
  ['FulfillmentEvent', ['fulfillment_events']],
  ['InventoryItem', ['inventory_items']],
  ['InventoryLevel', ['inventory_levels']],
  ['Location', ['locations']],
  ['Order', ['orders']],
  ['Product', ['products', 'product_listings', 'product_publications']],
  ['ProductVariant', ['variants']],
  ['Refund', ['refunds']],
  ['Return', ['returns']],
  ['Shop', ['app', 'shop']],
  ['SubscriptionBillingAttempt', ['subscription_billing_attempts']],
  ['SubscriptionContract', ['subscription_contracts']],
  ['Theme', ['themes']],
]);

/** A field that the payloads of these topics alone have. */
const KNOWN_BY: readonly (readonly [field: string, sentBy: readonly string[]])[] = [
  ['order_edit', ['orders']],
  ['app_subscription', ['app_subscriptions']],
  ['app_purchase_one_time', ['app_purchases_one_time']],
  ['evidence_due_by', ['disputes']],
  ['fulfillment_order', ['fulfillment_orders']],
  ['orders_to_redact', ['customers']],
  ['orders_requested', ['customers']],
  ['myshopify_domain', ['app', 'shop']],
  ['abandoned_checkout_url', ['checkouts', 'orders']],
  ['financial_status', ['orders']],
  ['refund_line_items', ['refunds']],
  ['invoice_sent_at', ['draft_orders']],
  ['tracking_numbers', ['fulfillments']],
  ['remote_reference', ['tender_transactions']],
];

const TOPICS: ReadonlySet<string> = new Set([...SENT_BY.values(), ...KNOWN_BY.map(([, topics]) => topics)].flat());

const UNPAID: ReadonlySet<string> = new Set(['pending', 'authorized', 'unpaid', 'expired']);

type Other = readonly [isOther: (payload: Payload) => boolean, words: string];

/** Topic → what of its body shows that it is not what happened; then, in words, what it is. */
const STATES: ReadonlyMap<string, Other> = new Map<string, Other>([
  ['customers/data_request', [isCustomer, 'with a customer']],
  ['customers/redact', [isCustomer, 'with a customer']],
  ['orders/cancelled', [isNull('cancelled_at'), 'of an order that is not cancelled']],
  ['orders/edited', [isWholeOrder, 'with a whole order']],
  ['orders/fulfilled', [isNull('fulfillment_status'), 'of an order that is not fulfilled']],
  ['orders/paid', [isUnpaid, 'of an order that is not paid']],
  ['orders/partially_fulfilled', [isNull('fulfillment_status'), 'of an order that is not fulfilled']],
  ['orders/risk_assessment_changed', [isWholeOrder, 'with a whole order']],
  ['subscription_contracts/activate', contractNot('active')],
  ['subscription_contracts/cancel', contractNot('cancelled')],
  ['subscription_contracts/expire', contractNot('expired')],
  ['subscription_contracts/fail', contractNot('failed')],
  ['subscription_contracts/pause', contractNot('paused')],
]);

const CONTRACT_STATES: ReadonlySet<string> = new Set(['active', 'cancelled', 'expired', 'failed', 'paused']);

/**
 * Shopify signs the body, not the topic: whoever captured one delivery can send it again as another. It is one where the body says
 * that it is what another topic sends. A body that says nothing of the kind, and a topic that is not known, contradict nothing.
 * @returns in words what it looks like; null: nothing is wrong
 */
export function contradiction({ type, action }: EventName, payload: Payload): string | null {
  const topic = action === null ? type : `${type}/${action}`;
  const said = isObject(read(payload, 'data')) ? textOrNull(payload, 'action') : null;
  if (said !== null && said !== action) return words(topic, 'and says another action');
  if (!TOPICS.has(type)) return null;
  const sentBy = SENT_BY.get(gidType(payload, 'admin_graphql_api_id') ?? '') ?? KNOWN_BY.find(isIn(payload))?.[1];
  if (sentBy !== undefined && !sentBy.includes(type)) return words(topic, `with the payload of ${sentBy[0]}`);
  // Shopify's own tests are not plausible, and say that they are tests.
  const [isOther, looks = ''] = (read(payload, 'test') !== true && STATES.get(topic)) || [];
  return isOther?.(payload) === true ? words(topic, looks) : null;
}

function isNull(field: string) {
  return (payload: Payload) => read(payload, field) === null;
}

function isUnpaid(payload: Payload): boolean {
  return UNPAID.has(textOrNull(payload, 'financial_status') ?? '');
}

function isWholeOrder(payload: Payload): boolean {
  return Object.hasOwn(payload, 'financial_status');
}

function isCustomer(payload: Payload): boolean {
  return gidType(payload, 'admin_graphql_api_id') === 'Customer';
}

function contractNot(wanted: string): Other {
  const isOther = (payload: Payload) => {
    const status = textOrNull(payload, 'status')?.toLowerCase() ?? '';
    return CONTRACT_STATES.has(status) && status !== wanted;
  };
  return [isOther, `of a subscription that is not ${wanted}`];
}

function isIn(payload: Payload) {
  return ([field]: readonly [string, readonly string[]]) => Object.hasOwn(payload, field);
}

function words(topic: string, looks: string): string {
  return `it came as ${topic}, which is not signed, ${looks}`;
}
