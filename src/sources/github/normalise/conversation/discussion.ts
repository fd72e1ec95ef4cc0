import { linkOrNull, type Payload, textOrNull } from '../../../../shared/payload.ts';
import { topicSum } from '../../../../telling/hosting/sums.ts';
import { excerpt, repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told } from '../words.ts';
import { WORDING } from './discussion-words.ts';
import { DISCUSSION, partsOf, subjectOf, timeOf } from './topic.ts';
import { wordingOf } from './topic-words.ts';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#discussion */
export function discussion(payload: Payload): FamilyOutput {
  const action = textOrNull(payload, 'action');
  const wording = wordingOf(action, WORDING, payload, DISCUSSION);
  if ('kind' in wording) return wording;
  return {
    ...told(action, wording),
    subject: subjectOf(payload, DISCUSSION, pageAfter(payload, action)),
    excerpt: excerpt(wording.quote ?? null),
    facts: wording.facts ?? [],
    sum: topicSum(action, DISCUSSION),
    ...partsOf(payload, DISCUSSION),
    occurredAt: timeOf(payload, DISCUSSION, wording.time),
  };
}

/** The link leads to the answer, to where it was moved, to the list when it is gone; null: to its own page. */
function pageAfter(payload: Payload, action: string | null): string | null {
  if (action === 'deleted') return repositoryPage(payload, '/discussions');
  if (action === 'transferred') return linkOrNull(payload, 'changes.new_discussion.html_url');
  return action === 'answered' ? linkOrNull(payload, 'answer.html_url') : null;
}
