import { linkOrNull, type Payload, textOrNull } from '../../../../shared/payload.ts';
import { topicSum } from '../../../../telling/hosting/sums.ts';
import { repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told } from '../words.ts';
import { written } from '../written.ts';
import { WORDING } from './issue-words.ts';
import { issueTopic, partsOf, subjectOf, timeOf, topicEcho } from './topic.ts';
import { wordingOf } from './topic-words.ts';
import { movedFrom, movedTo } from './transfer.ts';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues; only `opened` shows the author's words. */
export function issues(payload: Payload): FamilyOutput {
  const action = textOrNull(payload, 'action');
  const topic = issueTopic(payload);
  const wording = wordingOf(action, WORDING, payload, topic);
  if ('kind' in wording) return wording;
  return {
    ...told(action, wording),
    subject: subjectOf(payload, topic, pageAfter(payload, action)),
    excerpt: action === 'opened' ? written(payload, 'issue') : null,
    facts: wording.facts ?? [],
    sum: topicSum(action, topic),
    ...partsOf(payload, topic),
    asked: wording.asked ?? [],
    occurredAt: timeOf(payload, topic, wording.time),
    echo: topicEcho(payload, topic, action, wording.time),
    happening: happening(payload, action),
  };
}

/** Where to look when the issue is no longer where it was. Null: at its own page. */
function pageAfter(payload: Payload, action: string | null): string | null {
  if (action === 'deleted') return repositoryPage(payload, '/issues');
  return action === 'transferred' ? linkOrNull(payload, 'changes.new_issue.html_url') : null;
}

/** Only an issue that is transferred is told by two events. */
function happening(payload: Payload, action: string | null): string | null {
  const topic = issueTopic(payload);
  if (action === 'transferred') return movedTo(payload, topic)?.happening ?? null;
  return action === 'opened' ? (movedFrom(payload, topic)?.happening ?? null) : null;
}
