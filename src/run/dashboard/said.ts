import { visibleActivity } from '../../route/condition/condition-fields.ts';
import { redactAll } from '../../shared/secrets/redact.ts';
import { honestUrl } from '../../text/honest-url.ts';
import { sentence } from '../../text/sentence.ts';
import { homeOf } from '../../text/subject.ts';
import type { Reader } from './read-again.ts';

/** Characters of an address; longer ones are left out. */
const URL_LIMIT = 2_000;

/** What happened, in one sentence, and where it is to be seen. Null: there is no such event. */
export async function saidOf(read: Reader, eventId: number) {
  const again = await read(eventId);
  if (again === null) return null;
  const activity = again.routable?.activity;
  if (activity === undefined) return { said: null, url: null };
  const url = honestUrl(activity.subject?.url ?? null, URL_LIMIT) ?? homeOf(activity);
  return redactAll({ said: sentence(activity), url });
}

/** What `if:` sees of it. Null: there is no such event. */
export async function activitySeen(read: Reader, eventId: number) {
  const again = await read(eventId);
  if (again === null) return null;
  const { routable, reason } = again;
  return redactAll({ activity: routable === null ? null : visibleActivity(routable), reason });
}
