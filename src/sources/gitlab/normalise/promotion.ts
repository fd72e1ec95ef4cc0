import type { Tone } from '../../../model/activity.ts';
import { numberOrNull, textOrNull } from '../../../shared/payload.ts';
import type { Told } from '../../../telling/told.ts';
import type { GitlabEvent } from './event.ts';

/** https://docs.gitlab.com/api/access_requests/#valid-access-levels */
const ROLES: Readonly<Record<number, string>> = {
  10: 'Guest',
  15: 'Planner',
  20: 'Reporter',
  30: 'Developer',
  40: 'Maintainer',
  50: 'Owner',
};

const DONE: Readonly<Record<string, readonly [headline: string, became: string, tone: Tone]>> = {
  enqueue: ['Promotion waits for approval', 'waits for approval in GitLab', 'waiting'],
  approve: ['Promotion approved', 'was approved in GitLab', 'good'],
  deny: ['Promotion denied', 'was denied in GitLab', 'neutral'],
};

const OUTCOMES: Readonly<Record<string, string>> = {
  failed: 'could not be applied',
  partial_success: 'not all of it could be applied',
};

/**
 * A role that costs a seat: nobody is named in it. Null: nobody has words for it.
 * https://docs.gitlab.com/administration/system_hooks/
 */
export function promotion({ type, payload, action }: GitlabEvent): Told | null {
  if (!type.startsWith('gitlab_subscription_member_approval')) return null;
  const done = action !== null && Object.hasOwn(DONE, action) ? DONE[action] : undefined;
  if (done === undefined) return null;
  const [headline, became, tone] = done;
  const role = ROLES[numberOrNull(payload, 'object_attributes.new_access_level') ?? 0];
  const handle = role === undefined ? 'A role promotion' : `A role promotion to ${role}`;
  const status = textOrNull(payload, 'object_attributes.status') ?? '';
  return {
    headline,
    became,
    tone,
    noun: 'promotion',
    handle,
    title: handle,
    by: null,
    place: null,
    facts: [Object.hasOwn(OUTCOMES, status) ? (OUTCOMES[status] ?? null) : null],
  };
}
