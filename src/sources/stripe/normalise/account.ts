import { list, read, textOrNull } from '../../../shared/payload.ts';
import { firstText, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { counted } from '../../../text/words.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { generic } from './generic.ts';

const APPLICATION: WordTable = {
  authorized: ['Application connected', 'good'],
  deauthorized: ['Application disconnected', 'bad'],
};

/** A connected account lets an application in, or out. */
export function application(event: StripeEvent): Told {
  const words = wordsOf(APPLICATION, event.action);
  if (words === null) return generic(event);
  return { ...words, noun: 'application', title: firstText(event.object, ['name']) ?? '' };
}

/** A connected account, or one's own. */
export function account(event: StripeEvent): Told {
  const { object, action } = event;
  if (action !== 'updated') return generic(event);
  const due = list(object, 'requirements.currently_due').length;
  const isOff = (field: string) => read(object, field) === false;
  return {
    headline: 'Account updated',
    tone: textOrNull(object, 'requirements.disabled_reason') === null ? 'neutral' : 'bad',
    noun: 'account',
    title:
      firstText(object, ['business_profile.name', 'settings.dashboard.display_name', 'company.name', 'email']) ?? '',
    facts: [
      isOff('charges_enabled') ? 'payments off' : null,
      isOff('payouts_enabled') ? 'payouts off' : null,
      wordsAt(object, 'requirements.disabled_reason'),
      due === 0 ? null : `${counted(due, 'requirement')} due`,
    ],
    thread: idOf(object, 'id'),
  };
}
