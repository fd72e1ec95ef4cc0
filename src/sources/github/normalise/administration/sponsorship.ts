import { isTrue, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import type { FamilyOutput } from '../family.ts';
import { accountPage, segment } from '../places.ts';
import { filledIn, told, type Words, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  created: ['New sponsor', 'sponsors {repo}', 'good'],
  edited: ['Sponsorship changed', 'changed their sponsorship of {repo}'],
  'edited private': ['Sponsor no longer shown', 'made their sponsorship of {repo} private'],
  'edited public': ['Sponsor shown', 'made their sponsorship of {repo} public'],
  tier_changed: ['Sponsorship tier changed', 'changed their sponsorship of {repo}'],
  'tier_changed up': ['Sponsorship raised', 'raised their sponsorship of {repo}', 'good'],
  'tier_changed down': ['Sponsorship lowered', 'lowered their sponsorship of {repo}'],
  pending_tier_change: ['Sponsorship will change', 'will change their sponsorship of {repo}{when}'],
  pending_cancellation: ['Sponsorship will end', 'cancelled their sponsorship of {repo}{when}'],
  cancelled: ['Sponsorship ended', 'ended their sponsorship of {repo}'],
});

const TIER = 'sponsorship.tier';
const TIER_BEFORE = 'changes.tier.from';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#sponsorship; it happens to an account. */
export function sponsorship(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const sponsored = textOrNull(payload, 'sponsorship.sponsorable.login');
  const day = textOrNull(payload, 'effective_date')?.slice(0, 10) ?? null;
  return {
    ...told(
      action,
      filledIn(wordsOf(payload, action), { when: day === null ? '' : (WHEN.get(action) ?? '') + asWords(day) }),
    ),
    subject: {
      noun: 'sponsorship',
      handle: null,
      title: tierOf(payload, action),
      url: `${accountPage(payload, null)}/sponsors/${sponsored === null ? '' : segment(sponsored)}`,
    },
    facts: [
      isTrue(payload, `${TIER}.is_one_time`) ? 'one time' : null,
      action !== 'edited' && textOrNull(payload, 'sponsorship.privacy_level') === 'private'
        ? 'a private sponsor'
        : null,
    ],
    account: sponsored,
    occurredAt: action === 'created' ? timeOrNull(payload, 'sponsorship.created_at') : null,
  };
}

const ENDS = new Set(['cancelled', 'pending_cancellation']);

/** `$5 a month → $10 a month`; of what ends, whatever it once was, the tier that does. */
function tierOf(payload: Payload, action: string): string {
  const tier = textOrNull(payload, `${TIER}.name`);
  const before = ENDS.has(action) ? null : textOrNull(payload, `${TIER_BEFORE}.name`);
  return before === null ? (tier ?? 'Sponsorship') : `${before} → ${tier ?? 'another tier'}`;
}

/** When what is announced happens; until then the sponsorship goes on as it was. */
const WHEN: ReadonlyMap<string, string> = new Map([
  ['pending_tier_change', ' on '],
  ['pending_cancellation', ', which ends on '],
]);

function wordsOf(payload: Payload, action: string): Words {
  const cents = numberOrNull(payload, `${TIER}.monthly_price_in_cents`);
  const before = numberOrNull(payload, `${TIER_BEFORE}.monthly_price_in_cents`);
  const change = cents === null || before === null || cents === before ? '' : cents > before ? 'up' : 'down';
  const sort = action === 'edited' ? textOrNull(payload, 'sponsorship.privacy_level') : change;
  return WORDS.get(`${action} ${sort}`) ?? wordsFor(action, WORDS, 'sponsorship');
}
