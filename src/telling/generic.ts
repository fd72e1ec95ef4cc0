import type { Tone } from '../model/activity.ts';
import { isObject, type Payload, read } from '../shared/payload.ts';
import { looksSecret } from '../shared/secrets/secret-shapes.ts';
import { majorMoney, minorMoney, moneyText } from '../text/money.ts';
import { oneLine, wordsWithin } from '../text/plain.ts';
import { capitalised } from '../text/words.ts';
import { pageIn } from './page.ts';
import { firstText, idAt, joined, worded, wordsAt } from './parts.ts';
import type { Told } from './told.ts';

/** An event that nobody has words for. */
export interface Unworded {
  /** What its provider calls it: `invoice.payment_failed`, `repo:push`. */
  readonly name: string;
  readonly action: string | null;
  /** Any payload, or what of it the event is about. */
  readonly payload: unknown;
  /** What the thing is called, where its provider says so. Without it: the name of the event without the action. */
  readonly noun?: string | null;
  /** How its provider writes whole numbers of money. Without it, they are left out: nobody knows what 2000 is. */
  readonly amounts?: 'minor' | 'major';
}

const TITLES = [
  'title',
  'name',
  'subject',
  'display_title',
  'display_name',
  'displayName',
  'summary',
  'full_name',
  'label',
  'headline',
  'short_description',
  'message',
  'description',
  'email',
  'slug',
  'login',
  'username',
];
const HANDLES = ['identifier', 'shortId', 'short_id', 'key', 'reference', 'invoice_number'];
/** What people call a thing by is short: `ENG-12`, `INV-2026-01`. A `key` may be one that opens something. */
const HANDLE = /^#?[A-Z][A-Z0-9_-]{0,20}[-_#]?\d{1,10}$/i;
const NUMBERS = ['number', 'iid', 'incident_number', 'order_number'];
const AMOUNTS = [
  'amount',
  'amount_total',
  'total_amount',
  'total_price',
  'total',
  'amount_due',
  'amount_money',
  'total_money',
  'price',
];
const STATES = ['status', 'state', 'current_state'];
const FAILURES = [
  'failure_message',
  'error.message',
  'error_message',
  'last_error.message',
  'failure_reason',
  'reason',
];

/** Where senders put what an event is about, behind an object that is named like the event. */
const HOLDERS = [
  'data.object',
  'object',
  'object_attributes',
  'resource',
  'data',
  'payload',
  'event.data',
  'event',
  'body',
];
/** What surrounds an event, and is not what it is about. */
const AROUND =
  /^(?:account|actor|app|author|changes|context|installation|meta|metadata|organi[sz]ation|owner|project|repository|sender|team|user|workspace)$/i;
/** More objects than these are not looked through. */
const MOST_LOOKED_AT = 40;
const TITLE_LIMIT = 200;

const BAD =
  /^error_|(?:^|[\s_.])(?:fail(?:ed|ure|ing)?|errored|error|expired|rejected|declined|denied|disabled|deactivated|disconnected|delayed|bounced|revoked|blocked|exhausted|crashed|broken|overdue|terminated)$/i;
const GOOD =
  /(?:^|[\s_.])(?:succeeded|success|successful|passed|verified|activated|reactivated|completed|posted|paid|delivered|resolved|recovered|fixed|approved|accepted)$/i;

/** Told by its name, and by the fields that such payloads have everywhere: what, how it stands, a link. Never throws. */
export function generic({ name, action, payload, noun = null, amounts }: Unworded): Told {
  const words = inWords(name);
  const objects = candidates(payload, noun ?? name);
  const about = objects.find((one) => firstText(one, TITLES) !== null || handleOf(one) !== null) ?? objects[0];
  const title = shown(firstText(about, TITLES));
  const amount = first(objects, (one) => amountIn(one, amounts));
  const handle =
    handleOf(about) ?? (title === null && amount === null ? first(objects, (one) => idAt(one, 'id')) : null);
  return {
    headline: capitalised(done(words)) || 'Event',
    tone: toneOf(action ?? name),
    noun: noun ?? nounOf(name, action),
    handle: handle === title ? null : shown(handle),
    title: joined(title, '·', amount),
    url: first([about, ...objects], pageIn),
    facts: [shown(first([about], failureIn)), shown(first([about], stateIn))].filter(
      (fact) => fact !== null && fact !== title,
    ),
  };
}

/** Of senders that name an event by the verb alone. */
const VERB =
  / (?:add|approve|archive|assign|cancel|close|complete|create|delete|destroy|disable|enable|open|publish|reject|remove|revoke|update)$/;

/** One of several: `orders`, but not `access`, `status`, `settings` or `analytics`. */
const PLURAL = /(?<![suiw]|ic|ing)s(?= [a-z]+$)/;

/** `orders create` → `order created` */
function done(words: string): string {
  return VERB.test(words) ? `${words.replace(PLURAL, '').replace(/e$/, '')}ed` : words;
}

/** By how such names end: `payment_failed` is bad news, `completed` good. */
export function toneOf(action: string): Tone {
  if (BAD.test(action)) return 'bad';
  return GOOD.test(action) ? 'good' : 'neutral';
}

/** `repo:push` → `repo push`, `customerSubscription.updated` → `customer subscription updated`, `ENTITLEMENT_CREATE` → `entitlement create` */
export function inWords(name: string): string {
  const apart = name
    .replace(/[.:/[\]]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return worded(apart);
}

function nounOf(name: string, action: string | null): string {
  const words = inWords(name);
  const last = inWords(action ?? '');
  const noun = last !== '' && words.endsWith(` ${last}`) ? words.slice(0, -last.length).trim() : words;
  return noun.charAt(0).toLowerCase() + noun.slice(1);
}

/** The objects that it may be about: the one named like the event first, then what senders wrap it in, then what is there. */
function candidates(payload: unknown, name: string): readonly Payload[] {
  if (!isObject(payload)) return [];
  const wrapped = HOLDERS.map((path) => read(payload, path)).filter(isObject);
  const roots = [...wrapped, payload];
  const named = roots.flatMap((root) =>
    namesOf(name)
      .map((key) => ownAt(root, key))
      .filter(isObject),
  );
  const nested = roots.flatMap((root) =>
    Object.entries(root).flatMap(([key, value]) => (isObject(value) && !AROUND.test(key) ? [value] : [])),
  );
  return [...new Set([...named, ...roots, ...nested])].slice(0, MOST_LOOKED_AT);
}

/** `invoice.payment_failed`: `invoice_payment_failed`, `invoice`, `payment_failed` may be its keys. */
function namesOf(name: string): readonly string[] {
  const parts = name.split(/[.:/]/).filter((part) => part !== '' && !AROUND.test(part));
  return [...new Set([parts.join('_'), ...parts])].slice(0, 6);
}

function ownAt(object: Payload, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function first<T>(objects: readonly (Payload | undefined)[], ask: (object: Payload | undefined) => T | null): T | null {
  for (const object of objects) {
    const found = ask(object);
    if (found !== null) return found;
  }
  return null;
}

function handleOf(object: unknown): string | null {
  const number = NUMBERS.map((field) => idAt(object, field)).find((found) => found !== null);
  if (number !== undefined && number !== null && number.length <= 40)
    return /^\d+$/.test(number) ? `#${number}` : number;
  const name = firstText(object, HANDLES);
  return name !== null && HANDLE.test(name) ? name : null;
}

/** In words, or a name of a list. */
function failureIn(object: unknown): string | null {
  const said = firstText(object, FAILURES);
  return said === null || /\s/.test(said) ? said : worded(said);
}

function stateIn(object: unknown): string | null {
  return STATES.map((field) => wordsAt(object, field)).find((found) => found !== null) ?? null;
}

function amountIn(object: unknown, amounts: Unworded['amounts']): string | null {
  for (const field of AMOUNTS) {
    const value = read(object, field);
    const text = isObject(value)
      ? moneyIn(
          value['value'] ?? value['amount'] ?? value['total'],
          value['currency_code'] ?? value['currency'],
          amounts,
        )
      : moneyIn(value, read(object, 'currency') ?? read(object, 'currency_code'), amounts);
    if (text !== null) return text;
  }
  return null;
}

/** Text with a point, and numbers with a fraction, are in major units whoever writes them. */
function moneyIn(amount: unknown, currency: unknown, amounts: Unworded['amounts']): string | null {
  const isWhole = typeof amount === 'string' ? !amount.includes('.') : Number.isInteger(amount);
  if (isWhole && amounts === undefined) return null;
  return moneyText(isWhole && amounts === 'minor' ? minorMoney(amount, currency) : majorMoney(amount, currency));
}

function shown(text: string | null): string | null {
  return text === null || looksSecret(text) ? null : wordsWithin(oneLine(text), TITLE_LIMIT) || null;
}
