import { type Payload, read, textOrNull } from '../../../shared/payload.ts';

/** What a webhook would have sent: its type and its payload, as far as the Events API knows it. */
export interface WebhookShape {
  readonly type: string;
  readonly payload: Payload;
}

type WebhookParts = { readonly type: string; readonly fields: Payload };

/**
 * https://docs.github.com/en/rest/using-the-rest-api/github-event-types
 * What is not here (branches and tags, wiki pages, members…) is not polled.
 */
const TYPES: ReadonlyMap<string, (payload: Payload, createdAt: string) => WebhookParts> = new Map([
  ['IssuesEvent', (payload: Payload) => ({ type: 'issues', fields: payload })],
  ['IssueCommentEvent', (payload: Payload) => ({ type: 'issue_comment', fields: payload })],
  ['PullRequestEvent', pullRequest],
  ['PullRequestReviewEvent', review],
  ['PullRequestReviewCommentEvent', (payload: Payload) => ({ type: 'pull_request_review_comment', fields: payload })],
  ['PushEvent', push],
  ['ReleaseEvent', (payload: Payload) => ({ type: 'release', fields: payload })],
  ['WatchEvent', star],
  ['ForkEvent', (payload: Payload) => ({ type: 'fork', fields: payload })],
]);

/** An event of the Events API in the shape of a webhook. Null: of a kind that is not polled. `webUrl`: https://github.com */
export function webhookOf(event: Payload, webUrl: string): WebhookShape | null {
  const repo = textOrNull(event, 'repo.name');
  const createdAt = textOrNull(event, 'created_at');
  const told = TYPES.get(textOrNull(event, 'type') ?? '');
  const payload = read(event, 'payload');
  if (repo === null || createdAt === null || told === undefined) return null;
  const { type, fields } = told(typeof payload === 'object' && payload !== null ? (payload as Payload) : {}, createdAt);
  return {
    type,
    payload: {
      ...fields,
      repository: {
        full_name: repo,
        name: repo.split('/')[1],
        html_url: `${webUrl}/${repo}`,
        ...timeOfPush(type, createdAt),
      },
      sender: senderOf(event, webUrl),
      // Two stars of one second would be the same body, which looks like a replay.
      polled: { id: textOrNull(event, 'id'), created_at: createdAt },
    },
  };
}

function senderOf(event: Payload, webUrl: string): Payload | null {
  const login = textOrNull(event, 'actor.login');
  if (login === null) return null;
  const type = login.endsWith('[bot]') ? 'Bot' : 'User';
  return { login, type, html_url: `${webUrl}/${login}`, avatar_url: textOrNull(event, 'actor.avatar_url') };
}

/** A webhook writes it in seconds. */
function timeOfPush(type: string, createdAt: string): Payload {
  return type === 'push' ? { pushed_at: Date.parse(createdAt) / 1000 } : {};
}

/** The Events API has an action of its own for a merge; a webhook says `closed` and `merged`. */
function pullRequest(payload: Payload, createdAt: string): WebhookParts {
  if (payload['action'] !== 'merged') return { type: 'pull_request', fields: payload };
  const merged = {
    ...(read(payload, 'pull_request') as Payload),
    merged: true,
    merged_at: createdAt,
    closed_at: createdAt,
  };
  return { type: 'pull_request', fields: { ...payload, action: 'closed', pull_request: merged } };
}

const REVIEW_ACTIONS: ReadonlyMap<unknown, string> = new Map([
  ['created', 'submitted'],
  ['updated', 'edited'],
]);

function review(payload: Payload): WebhookParts {
  const action = REVIEW_ACTIONS.get(payload['action']) ?? payload['action'];
  return { type: 'pull_request_review', fields: { ...payload, action } };
}

function push(payload: Payload): WebhookParts {
  return { type: 'push', fields: { ...payload, after: payload['after'] ?? payload['head'] } };
}

/** The name is older than stars. */
function star(_payload: Payload, createdAt: string): WebhookParts {
  return { type: 'star', fields: { action: 'created', starred_at: createdAt } };
}
