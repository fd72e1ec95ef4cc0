import { isTrue, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { counted, grouped } from '../../../../text/words.ts';
import type { FamilyOutput } from '../family.ts';
import { webOf } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  purchased: ['Marketplace plan bought', 'bought {it} for {repo}', 'good'],
  changed: ['Marketplace plan changed', 'changed the plan of {repo}'],
  pending_change: ['Plan change planned', 'will change the plan of {repo}'],
  pending_change_cancelled: ['Plan change called off', 'cancelled the plan change of {repo}'],
  cancelled: ['Marketplace plan cancelled', 'cancelled {it} for {repo}'],
});

const AT = 'marketplace_purchase';
const BEFORE = 'previous_marketplace_purchase';

/** Who bought an app's plan. The account's billing address is nobody's business. */
export function marketplacePurchase(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const plan = text(payload, `${AT}.plan.name`);
  const before = textOrNull(payload, `${BEFORE}.plan.name`);
  const day = textOrNull(payload, 'effective_date')?.slice(0, 10) ?? null;
  return {
    ...told(action, wordsFor(action, WORDS, 'marketplace plan')),
    subject: {
      noun: 'plan',
      handle: null,
      title: before === null || before === plan ? plan : `${before} → ${plan}`,
      url: `${webOf(payload)}/marketplace`,
    },
    facts: [
      units(payload),
      isTrue(payload, `${AT}.on_free_trial`) ? 'free trial' : price(payload),
      action === 'pending_change' && day !== null ? `from ${day}` : null,
    ],
    account: textOrNull(payload, `${AT}.account.login`),
    occurredAt: action === 'pending_change' ? null : timeOrNull(payload, 'effective_date'),
  };
}

/** `1 → 10 seats`; a flat rate has no units. */
function units(payload: Payload): string | null {
  const count = numberOrNull(payload, `${AT}.unit_count`);
  const unit = textOrNull(payload, `${AT}.plan.unit_name`);
  if (count === null || unit === null) return null;
  const before = numberOrNull(payload, `${BEFORE}.unit_count`);
  return before === null || before === count ? counted(count, unit) : `${grouped(before)} → ${counted(count, unit)}`;
}

/** `$10 a month`, for each unit where there are units. */
function price(payload: Payload): string | null {
  const isYearly = textOrNull(payload, `${AT}.billing_cycle`) === 'yearly';
  const cents = numberOrNull(payload, `${AT}.plan.${isYearly ? 'yearly' : 'monthly'}_price_in_cents`);
  if (cents === null || cents === 0) return cents === 0 ? 'free' : null;
  const unit = textOrNull(payload, `${AT}.plan.unit_name`);
  const dollars = cents % 100 === 0 ? grouped(cents / 100) : (cents / 100).toFixed(2);
  return `$${dollars} a ${isYearly ? 'year' : 'month'}${unit === null ? '' : ` a ${unit}`}`;
}
