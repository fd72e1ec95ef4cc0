// Events as the Events API lists them today: pull requests and pushes are shortened.

let lastId = 22_249_084_900;

export function polledEvent(type: string, payload: object, actor = 'mona'): Readonly<Record<string, unknown>> {
  return {
    id: String(++lastId),
    type,
    actor: { id: 583_231, login: actor, display_login: actor, avatar_url: 'https://avatars.githubusercontent.com/u/1' },
    repo: { id: 1, name: 'acme/api', url: 'https://api.github.com/repos/acme/api' },
    payload,
    public: true,
    created_at: `${new Date().toISOString().slice(0, 19)}Z`,
  };
}

export function polledIssue(number: number, title = `Issue ${number}`) {
  const html_url = `https://github.com/acme/api/issues/${number}`;
  const issue = {
    number,
    title,
    html_url,
    body: null,
    labels: [],
    user: { login: 'mona' },
    created_at: '2026-01-01T00:00:00Z',
  };
  return polledEvent('IssuesEvent', { action: 'opened', issue });
}

export function polledPullRequest(action: string, number: number) {
  const side = { ref: 'main', sha: 'f00d', repo: { id: 1, name: 'api' } };
  const url = `https://api.github.com/repos/acme/api/pulls/${number}`;
  return polledEvent('PullRequestEvent', {
    action,
    number,
    pull_request: { url, id: number, number, head: { ...side, ref: 'retry' }, base: side },
  });
}

export const polledStar = (actor: string) => polledEvent('WatchEvent', { action: 'started' }, actor);

export const polledPush = (before: string, head: string) =>
  polledEvent('PushEvent', { repository_id: 1, push_id: 1, ref: 'refs/heads/main', head, before });

/** What `GET /repos/acme/api/pulls/<number>` says. */
export function pullRequestDetail(number: number, title: string, fields: object = {}) {
  const side = { ref: 'main', sha: 'f00d', repo: { full_name: 'acme/api' } };
  return {
    number,
    title,
    html_url: `https://github.com/acme/api/pull/${number}`,
    state: 'open',
    body: null,
    draft: false,
    merged: false,
    merged_at: null,
    labels: [],
    user: { login: 'mona' },
    head: { ...side, ref: 'retry' },
    base: side,
    additions: 1,
    deletions: 2,
    commits: 1,
    ...fields,
  };
}
