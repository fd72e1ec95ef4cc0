import type { Config } from '../../../config/config.ts';
import { type Finding, ok, warn } from '../../../model/plugin/finding.ts';
import type { ReminderNow } from '../../../run/reminders/reminders-now.ts';

/** When each is due next, and whether it tells anybody. */
export async function checkReminders(config: Config, now: number): Promise<readonly Finding[]> {
  if (config.reminders.length === 0) return [];
  const { remindersNow } = await import('../../../run/reminders/reminders-now.ts');
  return (await remindersNow(config, now)).map(findingOf);
}

function findingOf({ name, next, last, saying }: ReminderNow): Finding {
  const check = 'reminder';
  if (next === null) {
    return warn(check, `${name} is never due`, 'See its `days`, and what `except` leaves out.');
  }
  const due = `${name}: next ${next}`;
  if (saying !== null && saying.parts.length === 0) {
    const left = Object.entries(saying.left).map(([who, why]) => `${who} (${why})`);
    const who = left.length > 0 ? `: ${left.join(', ')}` : '';
    return warn(
      check,
      `${due}; of what waits now it would tell nobody${who}`,
      'Add whom it should tell to `people`, or a channel to its `to`.',
    );
  }
  if (last?.outcome === 'late' || last?.outcome === 'failed') {
    const fix = last.outcome === 'late' ? 'See whether a worker runs at that time.' : 'See its filters.';
    return warn(
      check,
      `${due}; last time it ${last.outcome === 'late' ? 'was left out' : 'failed'}: ${last.detail}`,
      fix,
    );
  }
  return ok(check, due);
}
