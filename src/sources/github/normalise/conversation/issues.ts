import { linkOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { echoOf, repositoryPage } from '../common.ts';
import type { FamilyOutput, Skipped } from '../family.ts';
import { told, wordsFor } from '../words.ts';
import { written } from '../written.ts';
import { isOnPullRequest, issueParts, issueSubject } from './issue-parts.ts';
import { movedFrom, movedTo } from './issue-transfer.ts';
import { WORDING, type Wording } from './issue-words.ts';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues; only `opened` shows the author's words. */
export function issues(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const wording: Wording | Skipped = WORDING.get(action)?.(payload) ?? wordsFor(action, new Map(), 'issue');
  if ('kind' in wording) return wording;
  const { facts = [], headline, ...words } = wording;
  const isPullRequest = isOnPullRequest(payload);
  return {
    ...told(action, { ...words, headline: isPullRequest ? headline.replace('Issue', 'Pull request') : headline }),
    subject: issueSubject(payload, pageAfter(payload, action)),
    excerpt: action === 'opened' ? written(payload, 'issue') : null,
    facts,
    ...issueParts(payload),
    asked: action === 'assigned' ? asked(payload) : [],
    occurredAt: timeOrNull(payload, `issue.${TIME.get(action) ?? 'updated_at'}`),
    echo: echo(payload, action),
    happening: happening(payload, action),
  };
}

const TIME: ReadonlyMap<string, string> = new Map([
  ['opened', 'created_at'],
  ['closed', 'closed_at'],
]);

/** Where to look when the issue is no longer where it was. Null: at its own page. */
function pageAfter(payload: Payload, action: string): string | null {
  if (action === 'deleted') return repositoryPage(payload, '/issues');
  return action === 'transferred' ? linkOrNull(payload, 'changes.new_issue.html_url') : null;
}

function asked(payload: Payload): readonly string[] {
  const login = textOrNull(payload, 'assignee.login');
  return login === null ? [] : [login];
}

/** Only an issue that is transferred is told by two events. */
function happening(payload: Payload, action: string): string | null {
  if (action === 'transferred') return movedTo(payload)?.happening ?? null;
  return action === 'opened' ? (movedFrom(payload)?.happening ?? null) : null;
}

/** Labels and people change several at a time: each is its own happening, of the same second. */
function echo(payload: Payload, action: string): string | null {
  if (action === 'opened') return echoOf(payload, 'issue.number');
  const what = textOrNull(payload, 'label.name') ?? textOrNull(payload, 'assignee.login') ?? '';
  const when = echoOf(payload, 'issue.number', `issue.${TIME.get(action) ?? 'updated_at'}`);
  return when === null ? null : `${when} ${what}`.trimEnd();
}
