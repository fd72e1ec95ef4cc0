import type { Subject, Sum } from '../../../../model/activity.ts';
import { linkOrNull, numberOrNull, type Payload, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { enumerated, spaced } from '../../../../text/words.ts';
import { repositoryPage } from '../common.ts';
import { besideActor } from '../people.ts';

/** `#7`, and its page below `/security`. */
export function alertSubject(payload: Payload, noun: string, title: string | null, page: string): Subject {
  const number = numberOrNull(payload, 'alert.number');
  return {
    noun,
    handle: number === null ? null : `#${number}`,
    title: title ?? '',
    url:
      linkOrNull(payload, 'alert.html_url') ??
      repositoryPage(payload, `/security/${page}${number === null ? '' : `/${number}`}`),
  };
}

/** When it happened: by `time`, else when the alert was last changed. */
export function alertTime(payload: Payload, time = 'updated_at'): number | null {
  return timeOrNull(payload, `alert.${time}`) ?? timeOrNull(payload, 'alert.updated_at');
}

/** `dismissed: not used`, and by whom; GitHub writes some reasons with an underscore. */
export function dismissal(payload: Payload): readonly (string | null)[] {
  const reason = textOrNull(payload, 'alert.dismissed_reason');
  return [reason && `dismissed: ${spaced(reason)}`, besideActor(payload, 'by', 'alert.dismissed_by.login')];
}

/** `3 new Dependabot alerts`, `5 Dependabot alerts: 3 new, 2 reopened` */
export function newAlert(noun: string): Sum {
  return { noun, part: 'new', alone: `new ${noun}` };
}

/** `mona, hubot`; of an alert that is assigned to nobody any more, `nobody`. */
export function assignedTo(assignees: readonly string[]): string {
  return enumerated(assignees.map(asWords)) ?? 'nobody';
}
