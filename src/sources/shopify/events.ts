import type { EventCatalog, EventEntry } from '../../model/event-catalog.ts';
import { type Actions, minor, told } from '../../telling/fates.ts';

function entry(facets: EventEntry['facets'], ...actions: readonly Actions[]): EventEntry {
  return { actions: Object.assign({}, ...actions) as Actions, facets };
}

const MONEY = ['conclusion', 'currency'] as const;
const DETAILS = 'details change many times';
const ARRANGED = 'the catalogue is arranged many items at a time';
const LEFT = 'most carts and checkouts are left';
const UNDER_WAY = 'it is news when it ends';
const MOVED = 'goods move between places all day';
const SEGMENTS = 'segments fill and empty with every change';
const PLANNED = 'the subscription is news';

/**
 * What Shopify sends, https://shopify.dev/docs/api/webhooks, each topic taken apart at its last slash. What is told is what somebody
 * earns, loses or has to do; what comes with every sale or every sync needs its action named.
 */
export const EVENTS: EventCatalog = {
  app: entry([], told('uninstalled scopes_update')),
  app_purchases_one_time: entry(MONEY, told('update')),
  app_subscriptions: entry(MONEY, told('update approaching_capped_amount')),
  attributed_sessions: entry([], minor('first last', 'it comes with every visit')),
  audit_events: entry([], minor('admin_api_activity', 'programs ask all day')),
  bulk_operations: entry(['conclusion'], { finish: { minorWhen: 'it did not fail' } }),
  carts: entry(['currency'], minor('create update', LEFT)),
  channels: entry([], told('delete')),
  checkout_and_accounts_configurations: entry([], minor('update', DETAILS)),
  checkouts: entry(['currency'], minor('create update delete', LEFT)),
  collection_listings: entry([], minor('add remove update', ARRANGED)),
  collection_publications: entry([], minor('create delete update', ARRANGED)),
  collections: entry([], minor('create delete update', ARRANGED)),
  companies: entry([], told('create delete'), minor('update', DETAILS)),
  company_contact_roles: entry([], minor('assign revoke', DETAILS)),
  company_contacts: entry([], told('create delete'), minor('update', DETAILS)),
  company_locations: entry([], told('create delete'), minor('update', DETAILS)),
  customer: entry([], minor('joined_segment left_segment', SEGMENTS), minor('tags_added tags_removed', DETAILS)),
  customer_account_settings: entry([], minor('update', DETAILS)),
  customer_groups: entry([], minor('create delete update', DETAILS)),
  customer_payment_methods: entry([], minor('create revoke update', DETAILS)),
  customers: entry(
    [...MONEY, 'labels'],
    told('create delete disable enable data_request redact merge'),
    minor('update', DETAILS),
    minor('purchasing_summary', 'it comes with every order'),
  ),
  customers_email_marketing_consent: entry([], minor('update', DETAILS)),
  customers_marketing_consent: entry([], minor('update', DETAILS)),
  customers_whats_app_marketing_consent: entry([], minor('update', DETAILS)),
  delivery_promise_settings: entry([], minor('update', DETAILS)),
  discounts: entry([], told('create delete'), minor('update redeemcode_added redeemcode_removed', DETAILS)),
  disputes: entry(MONEY, told('create update')),
  domains: entry([], told('create destroy'), minor('update', DETAILS)),
  draft_orders: entry([...MONEY, 'labels'], told('create'), minor('delete update', DETAILS)),
  finance_app_staff_member: entry([], told('grant revoke'), minor('delete update', DETAILS)),
  finance_kyc_information: entry([], minor('update', DETAILS)),
  fulfillment_events: entry(['conclusion'], {
    create: { minorWhen: 'the shipment is only on its way' },
    delete: { minor: DETAILS },
  }),
  fulfillment_holds: entry([], minor('added released', 'the fulfillment order is news')),
  fulfillment_orders: entry(
    ['conclusion'],
    told('fulfillment_request_rejected fulfillment_service_failed_to_complete placed_on_hold cancelled'),
    told('cancellation_request_rejected scheduled_fulfillment_order_ready'),
    minor('cancellation_request_accepted cancellation_request_submitted fulfillment_request_accepted', UNDER_WAY),
    minor('fulfillment_request_submitted hold_released line_items_prepared_for_local_delivery', UNDER_WAY),
    minor('line_items_prepared_for_pickup manually_reported_progress_stopped merged moved', UNDER_WAY),
    minor('order_routing_complete progress_reported rescheduled split', UNDER_WAY),
  ),
  fulfillments: entry(['conclusion'], told('create'), {
    update: { minorWhen: 'the shipment is neither delivered nor lost' },
  }),
  inventory_items: entry([], minor('create delete update', 'stock moves with every order')),
  inventory_levels: entry([], minor('connect disconnect update', 'stock moves with every order')),
  inventory_shipments: entry(
    [],
    minor('add_items create delete mark_in_transit receive_items remove_items', MOVED),
    minor('update_item_quantities update_tracking', MOVED),
  ),
  inventory_transfers: entry(
    [],
    minor('add_items cancel complete ready_to_ship remove_items update_item_quantities', MOVED),
  ),
  locales: entry([], minor('create destroy update', DETAILS)),
  locations: entry([], told('activate create deactivate delete'), minor('update', DETAILS)),
  markets: entry([], told('create delete'), minor('update', DETAILS)),
  markets_backup_region: entry([], minor('update', DETAILS)),
  metafield_definitions: entry([], minor('create delete update', DETAILS)),
  metaobjects: entry([], minor('create delete update', DETAILS)),
  order_transactions: entry(MONEY, { create: { minorWhen: 'it did not fail' } }),
  orders: entry(
    [...MONEY, 'labels', 'severity'],
    told('create cancelled edited delete'),
    { risk_assessment_changed: { minorWhen: 'the risk is not high' } },
    minor('paid', 'most are paid when they are placed'),
    minor('fulfilled partially_fulfilled', 'the fulfillment is posted'),
    minor('updated', DETAILS),
    minor('link_requested shopify_protect_eligibility_changed', DETAILS),
  ),
  payment_schedules: entry(['currency'], told('due')),
  payment_terms: entry([], minor('create delete update', DETAILS)),
  product_feeds: entry([], minor('create update full_sync full_sync_finish incremental_sync', ARRANGED)),
  product_listings: entry([], minor('add remove update', ARRANGED)),
  product_publications: entry([], minor('create delete update', ARRANGED)),
  products: entry(['labels'], told('create delete'), minor('update', ARRANGED)),
  profiles: entry([], minor('create delete update', DETAILS)),
  refunds: entry(MONEY, told('create')),
  returns: entry(['conclusion'], told('request approve decline cancel close reopen process'), minor('update', DETAILS)),
  reverse_deliveries: entry([], minor('attach_deliverable', DETAILS)),
  reverse_fulfillment_orders: entry([], minor('dispose', DETAILS)),
  scheduled_product_listings: entry([], minor('add remove update', ARRANGED)),
  segments: entry([], minor('create delete update', DETAILS)),
  selling_plan_groups: entry([], minor('create delete update', ARRANGED)),
  shop: entry([], told('redact'), minor('update', DETAILS)),
  subscription_billing_attempts: entry(MONEY, told('failure challenged'), minor('success', 'the order is posted')),
  subscription_billing_cycle_edits: entry([], minor('create delete update', PLANNED)),
  subscription_billing_cycles: entry([], minor('skip unskip', PLANNED)),
  subscription_contracts: entry(MONEY, told('create activate cancel expire fail pause'), minor('update', DETAILS)),
  tax_partners: entry([], minor('update', DETAILS)),
  tax_services: entry([], minor('create update', DETAILS)),
  tax_summaries: entry([], minor('create', UNDER_WAY)),
  tender_transactions: entry(MONEY, { create: { minorWhen: 'it did not fail' } }),
  themes: entry([], told('publish'), minor('create delete update', DETAILS)),
  variants: entry([], told('in_stock out_of_stock')),
  ...newer('Collection InventoryItem Metaobject ProductVariant', minor('create update delete', ARRANGED)),
  ...newer('Customer DraftOrder Order Product', told('create delete'), minor('update', DETAILS)),
};

/** The topics of the newer Events, which are named by what they are about. https://shopify.dev/docs/apps/build/events */
function newer(types: string, ...actions: readonly Actions[]): EventCatalog {
  return Object.fromEntries(types.split(' ').map((type) => [type, entry([], ...actions)]));
}
