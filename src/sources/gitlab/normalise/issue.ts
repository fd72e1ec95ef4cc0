import { numberOrNull, textOrNull } from '../../../shared/payload.ts';
import { type Topic, topicTold } from '../../../telling/hosting/topic.ts';
import { severityOf } from '../../../telling/incident.ts';
import { dayFact } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { updateOf } from './changes.ts';
import type { GitlabEvent } from './event.ts';
import { issueTopic } from './topics.ts';
import { doneBy, tested, updated } from './update.ts';

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#issue-events: of incidents and tasks too. */
export function issue(event: GitlabEvent): Told {
  const told = plainly(event);
  const { payload, type, action } = event;
  const due = action === 'open' ? dayFact('due', payload, 'object_attributes.due_date') : null;
  const isIncident = told.noun === 'incident';
  const severity = isIncident ? severityOf(textOrNull(payload, 'object_attributes.severity')) : null;
  const facts = [
    type === 'confidential_issue' ? 'confidential' : null,
    ...(told.facts ?? []),
    // The sentence says it where it has just been set.
    severity === null || told.did?.includes('severity') ? null : `${severity} severity`,
    due,
  ];
  return { ...told, facts, facets: { ...told.facets, severity } };
}

function plainly(event: GitlabEvent): Told {
  const topic = issueTopic(event);
  const sent = textOrNull(event.payload, 'object_attributes.action');
  const done = doneBy(sent);
  if (done === 'closed') return closed(event, topic);
  if (done !== null) return topicTold(topic, { is: done });
  if (sent !== 'update') return tested(event, topic);
  const { change, others } = updateOf(event.payload);
  // Issues have no reviewers.
  const plain = change?.is === 'changes_requested' || change?.is === 'reviewed' ? null : change;
  return updated(event, topic, { change: plain, others });
}

/** An issue is closed as well when it becomes another, or goes to another project. */
function closed({ payload }: GitlabEvent, topic: Topic): Told {
  const isIn = (field: string) => numberOrNull(payload, `changes.${field}.current`) !== null;
  const told = topicTold(topic, { is: 'closed', reason: isIn('duplicated_to_id') ? 'duplicate' : null });
  return { ...told, facts: [isIn('moved_to_id') ? 'moved to another project' : null, ...(told.facts ?? [])] };
}
