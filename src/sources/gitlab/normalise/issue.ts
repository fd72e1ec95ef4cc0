import { textOrNull } from '../../../shared/payload.ts';
import { topicTold } from '../../../telling/hosting/topic.ts';
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
    severity && `${severity} severity`,
    due,
  ];
  return { ...told, facts, facets: { ...told.facets, severity } };
}

function plainly(event: GitlabEvent): Told {
  const topic = issueTopic(event);
  const sent = textOrNull(event.payload, 'object_attributes.action');
  const done = doneBy(sent);
  if (done !== null) return topicTold(topic, { is: done });
  if (sent !== 'update') return tested(event, topic);
  const { change, others } = updateOf(event.payload);
  // Issues have no reviewers.
  return updated(topic, change?.is === 'changes_requested' || change?.is === 'reviewed' ? null : change, others);
}
