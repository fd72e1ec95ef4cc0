import { isTrue, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import type { FamilyOutput } from '../family.ts';
import { accountPage, segment } from '../places.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  created: ['New sponsor', 'sponsors {repo}', 'good'],
  edited: ['Sponsorship changed', 'changed their sponsorship of {repo}'],
  tier_changed: ['Sponsorship tier changed', 'changed their sponsorship of {repo}'],
  'tier_changed up': ['Sponsorship raised', 'raised their sponsorship of {repo}', 'good'],
  'tier_changed down': ['Sponsorship lowered', 'lowered their sponsorship of {repo}'],
  pending_tier_change: ['Sponsorship will change', 'will change their sponsorship of {repo}'],
  pending_cancellation: ['Sponsorship will end', 'will end their sponsorship of {repo}'],
  cancelled: ['Sponsorship ended', 'ended their sponsorship of {repo}'],
});

const TIER = 'sponsorship.tier';
const TIER_BEFORE = 'changes.tier.from';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#sponsorship; it happens to an account. */
export function sponsorship(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const sponsored = textOrNull(payload, 'sponsorship.sponsorable.login');
  const [tier, before] = [textOrNull(payload, `${TIER}.name`), textOrNull(payload, `${TIER_BEFORE}.name`)];
  const day = textOrNull(payload, 'effective_date')?.slice(0, 10) ?? null;
  return {
    ...told(action, wordsOf(payload, action)),
    subject: {
      noun: 'sponsorship',
      handle: null,
      title: before === null ? (tier ?? 'Sponsorship') : `${before} → ${tier ?? 'another tier'}`,
      url: `${accountPage(payload, null)}/sponsors/${sponsored === null ? '' : segment(sponsored)}`,
    },
    facts: [
      isTrue(payload, `${TIER}.is_one_time`) ? 'one time' : null,
      action.startsWith('pending_') && day !== null ? `on ${day}` : null,
      textOrNull(payload, 'sponsorship.privacy_level') === 'private' ? 'the sponsor stays private' : null,
    ],
    account: sponsored,
    occurredAt: action === 'created' ? timeOrNull(payload, 'sponsorship.created_at') : null,
  };
}

function wordsOf(payload: Payload, action: string): Words {
  const cents = numberOrNull(payload, `${TIER}.monthly_price_in_cents`);
  const before = numberOrNull(payload, `${TIER_BEFORE}.monthly_price_in_cents`);
  const sort = cents === null || before === null || cents === before ? '' : cents > before ? 'up' : 'down';
  return WORDS.get(`${action} ${sort}`) ?? wordsFor(action, WORDS, 'sponsorship');
}
