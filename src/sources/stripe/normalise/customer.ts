import { isTrue, numberOrNull, textOrNull } from '../../../shared/payload.ts';
import { firstText, joined, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { enumerated } from '../../../text/words.ts';
import { idOf } from './dashboard.ts';
import { hasChanged, type StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { methodOf, payerOf } from './parts.ts';

const CUSTOMER: WordTable = {
  created: ['Customer created', 'opened'],
  deleted: ['Customer deleted'],
  updated: ['Customer updated'],
};

const PAYMENT_METHOD: WordTable = {
  attached: ['Payment method added'],
  automatically_updated: ['Payment method renewed by its bank'],
  detached: ['Payment method removed'],
  updated: ['Payment method updated'],
};

const SOURCE: WordTable = {
  created: ['Payment method added'],
  deleted: ['Payment method removed'],
  expiring: ['Payment method expires soon', 'waiting'],
  updated: ['Payment method updated'],
};

const EXTERNAL_ACCOUNT: WordTable = {
  created: ['Payout account added'],
  deleted: ['Payout account removed'],
  updated: ['Payout account updated'],
};

const SETUP_INTENT: WordTable = {
  canceled: ['Payment method setup canceled'],
  created: ['Payment method setup started'],
  requires_action: ['Payment method setup needs the customer', 'waiting'],
  setup_failed: ['Payment method setup failed', 'bad'],
  succeeded: ['Payment method set up', 'good'],
};

export function customer(event: StripeEvent): Told {
  const { object, action, previous } = event;
  const words = wordsOf(CUSTOMER, action);
  if (words === null) return generic(event);
  const name = firstText(object, ['name', 'business_name', 'individual_name', 'email', 'description', 'phone']);
  const email = textOrNull(object, 'email');
  const changed = Object.keys(previous)
    .filter((key) => key !== 'delinquent')
    .map((key) => wordsAt({ key }, 'key') ?? '');
  return {
    ...words,
    noun: 'customer',
    handle: name === null ? idOf(object, 'id') : null,
    title: name ?? '',
    facts: [email === name ? null : email, delinquencyOf(event), enumerated(changed)],
    thread: idOf(object, 'id'),
  };
}

/** Whether the last invoice was paid, where that is what changed. */
function delinquencyOf(event: StripeEvent): string | null {
  if (!hasChanged(event, 'delinquent')) return null;
  return isTrue(event.object, 'delinquent') ? 'behind with a payment' : 'no longer behind with a payment';
}

/** A card or a bank account of older ways to pay, saved with its customer. */
export function source(event: StripeEvent): Told {
  return saved(event, 'payment method', SOURCE);
}

/** Where a connected account, or one's own, is paid out to. */
export function externalAccount(event: StripeEvent): Told {
  return saved(event, 'payout account', EXTERNAL_ACCOUNT);
}

function saved(event: StripeEvent, noun: string, table: WordTable): Told {
  const { object, action } = event;
  const words = wordsOf(table, action);
  if (words === null) return generic(event);
  return {
    ...words,
    noun,
    title: joined(
      methodOf(object),
      'of',
      firstText(object, ['name', 'account_holder_name', 'owner.name', 'owner.email']),
    ),
    facts: [action === 'expiring' ? expiryOf(object) : null],
    thread: idOf(object, 'customer') ?? idOf(object, 'account'),
  };
}

/** `expires 12/2026`, as cards say it. */
function expiryOf(card: unknown): string | null {
  const [month, year] = [numberOrNull(card, 'exp_month'), numberOrNull(card, 'exp_year')];
  const isDate = /^(?:[1-9]|1[0-2])\/20\d\d$/.test(`${month}/${year}`);
  return isDate ? `expires ${String(month).padStart(2, '0')}/${year}` : null;
}

export function paymentMethod(event: StripeEvent): Told {
  const { object, action } = event;
  const words = wordsOf(PAYMENT_METHOD, action);
  if (words === null) return generic(event);
  return {
    ...words,
    noun: 'payment method',
    title: joined(methodOf(object), 'of', payerOf(object)),
    thread: idOf(object, 'customer'),
  };
}

export function setupIntent(event: StripeEvent): Told {
  const { object, action } = event;
  const words = wordsOf(SETUP_INTENT, action);
  if (words === null) return generic(event);
  const error = 'last_setup_error';
  return {
    ...words,
    noun: 'payment method',
    title: payerOf(object) ?? firstText(object, [`${error}.payment_method.billing_details.name`, 'description']) ?? '',
    facts: [action === 'setup_failed' ? firstText(object, [`${error}.message`]) : null],
    facets: { conclusion: textOrNull(object, `${error}.code`) ?? textOrNull(object, 'status') },
    thread: idOf(object, 'customer'),
  };
}
