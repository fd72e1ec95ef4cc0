import { read, textOrNull } from '../../../shared/payload.ts';
import { inWords, toneOf } from '../../../telling/generic.ts';
import { page } from '../../../telling/page.ts';
import { firstText, joined, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { capitalised } from '../../../text/words.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { methodOf, moneyAt, payerOf, rateOf } from './parts.ts';

const NAMES = [
  'name',
  'title',
  'alert.title',
  'label',
  'display_name',
  'nickname',
  'number',
  'code',
  'business_profile.name',
  'merchant_data.name',
  'cardholder.name',
  'filename',
  'description',
  'email',
];
const AMOUNTS = ['amount', 'amount_total', 'total', 'amount_due', 'amount_paid', 'value', 'unit_amount', 'net_amount'];
const FAILURES = [
  'failure_message',
  'action.failure_message',
  'developer_message_summary',
  'error.message',
  'last_error.message',
  'last_error.reason',
  'error_message',
  'failure_details.message',
];
/** `v1.` and `v2.core.` say which interface an event is of, not what happened. */
const VERSION = /^v\d+\.(?:core\.)?/;

/** Whatever has no words of its own, and what Stripe invents after this program was written: what, of whom, and a link. */
export function generic(event: StripeEvent): Told {
  const { object, name, action } = event;
  const money = AMOUNTS.map((field) => moneyAt(object, field)).find((found) => found !== null) ?? null;
  const amount = rateIn(object) ?? moneyText(money);
  const title = firstText(object, NAMES) ?? personOf(object) ?? cardOf(object) ?? payerOf(object) ?? nameOf(event);
  const says = amount !== null || title !== null;
  return {
    headline: capitalised(inStripesWords(name.replace(VERSION, ''))),
    tone: toneOf(action ?? ''),
    noun: nounOf(event),
    handle: says ? null : idOf(object, 'id'),
    title: joined(title, '·', amount),
    facts: [
      firstText(object, FAILURES) ?? wordsAt(object, 'failure_reason') ?? wordsAt(object, 'failure_code'),
      wordsAt(object, 'reason'),
      wordsAt(object, 'status'),
    ].filter((fact) => fact !== title),
    facets: { conclusion: textOrNull(object, 'status'), ...moneyFacets(money) },
    thread: idOf(object, 'id'),
  };
}

/** What some objects are called by. */
function nameOf({ object, noun }: StripeEvent): string | null {
  if (noun === 'capability') return wordsAt(object, 'id');
  if (noun === 'tax_id') return wordsAt(object, 'type')?.toUpperCase() ?? null;
  if (noun === 'reporting.report_run') return wordsAt(object, 'report_type');
  if (noun !== 'payment_link') return null;
  return page(firstText(object, ['url']))?.replace(/^https:\/\//, '') ?? null;
}

function personOf(object: unknown): string | null {
  const names = [textOrNull(object, 'first_name'), textOrNull(object, 'last_name')].filter((name) => name !== null);
  return names.length === 0 ? null : names.join(' ');
}

function cardOf(object: unknown): string | null {
  return textOrNull(object, 'last4') === null ? null : methodOf(object);
}

/** Of a price or a plan. */
function rateIn(object: unknown): string | null {
  return read(object, 'recurring') === undefined && read(object, 'interval') === undefined ? null : rateOf(object);
}

function nounOf({ noun, type }: StripeEvent): string {
  const last = type.split('.').at(-1) ?? type;
  return inStripesWords(noun === '' ? last : noun);
}

/** As they begin → as people say it. */
const WORDED: readonly (readonly [stripes: RegExp, words: string])[] = [
  [/^cash balance funds available$/, 'cash balance funded'],
  [/^customer tax id\b/, 'customer tax ID'],
  [/^entitlements (?=active )/, ''],
  [/^identity verification session requires input$/, 'identity not verified yet'],
  [/^identity verification session verified$/, 'identity verified'],
  [/^identity (?=verification )/, ''],
  [/^invoice payment paid$/, 'invoice payment received'],
  [/^invoiceitem\b/, 'invoice item'],
  [/^reporting (?=report )/, ''],
  [/^sigma scheduled query run created$/, 'scheduled query run'],
  [/^sku\b/, 'SKU'],
  [/^test helpers (?=test )/, ''],
];

function inStripesWords(name: string): string {
  return WORDED.reduce((words, [stripes, better]) => words.replace(stripes, better), inWords(name));
}
