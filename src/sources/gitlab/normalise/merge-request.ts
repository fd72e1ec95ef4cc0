import { isTrue, type Payload, textOrNull } from '../../../shared/payload.ts';
import { laterTold, reviewTold } from '../../../telling/hosting/comment.ts';
import { approvalWithdrawn } from '../../../telling/hosting/reviews.ts';
import { named, type Topic, topicTold } from '../../../telling/hosting/topic.ts';
import type { Told } from '../../../telling/told.ts';
import { updateOf } from './changes.ts';
import type { GitlabEvent } from './event.ts';
import { mergeRequestTopic } from './topics.ts';
import { doneBy, tested, updated } from './update.ts';

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events */
export function mergeRequest(event: GitlabEvent): Told {
  const { payload } = event;
  const topic = mergeRequestTopic(event);
  const sent = textOrNull(payload, 'object_attributes.action');
  const done = doneBy(sent);
  if (done !== null) return topicTold(topic, { is: done });
  if (sent === 'approved' || sent === 'approval') return approved(topic, sent);
  if (sent === 'unapproved' || sent === 'unapproval') return unapproved(payload, topic);
  if (sent !== 'update') return tested(event, topic);
  const update = updateOf(payload);
  const { change } = update;
  if (change?.is === 'changes_requested') return reviewTold(topic, { verdict: 'changes_requested' });
  if (change?.is === 'reviewed') return reviewTold(topic, { verdict: 'commented' });
  return updated(event, topic, { change, others: update.others });
}

/** `approval`: one of several that are needed. */
function approved(topic: Topic, sent: string): Told {
  const told = reviewTold(topic, { verdict: 'approved' });
  return { ...told, facts: [...(told.facts ?? []), sent === 'approval' ? 'more approvals are needed' : null] };
}

/** GitLab itself takes approvals back where somebody pushed. */
function unapproved(payload: Payload, topic: Topic): Told {
  const isReset = isTrue(payload, 'object_attributes.system');
  const told = laterTold(topic, approvalWithdrawn(named(topic), isReset));
  return { ...told, facts: [isReset ? 'new commits were pushed' : null, ...(told.facts ?? [])] };
}
