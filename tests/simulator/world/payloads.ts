/** What GitHub tells, as far as anybody here asks: small, and different wherever `no` is. */
export interface Content {
  readonly type: string;
  readonly body: Buffer;
  /** What one reads of it in the story. */
  readonly says: string;
  /** Of a run: which branch, and whether it passed. */
  readonly result: { readonly branch: string; readonly passed: boolean } | null;
  /** The rules ask for it. */
  readonly isWanted: boolean;
}

export const CONTENT_KINDS = ['issue', 'comment', 'run', 'star', 'forged', 'strange', 'dear', 'unreadable'] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

const WANTED: readonly ContentKind[] = ['issue', 'comment', 'run'];

const REPOSITORY = {
  id: 1,
  name: 'api',
  full_name: 'acme/api',
  html_url: 'https://github.com/acme/api',
  owner: { login: 'acme' },
  default_branch: 'main',
};
const SENDER = { login: 'mona', html_url: 'https://github.com/mona', type: 'User' };

export function contentOf(kind: ContentKind, no: number, isGood: boolean): Content {
  const make = MAKERS[kind];
  const { type, says, result = null, ...payload } = make(no, isGood);
  const body = payload.raw ?? JSON.stringify({ ...payload.fields, repository: REPOSITORY, sender: SENDER });
  return { type, body: Buffer.from(body), says, result, isWanted: WANTED.includes(kind) };
}

interface Made {
  readonly type: string;
  readonly says: string;
  readonly result?: Content['result'];
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly raw?: string;
}

function issue(no: number) {
  const title = `What is wrong with ${no}`;
  return { number: no, title, html_url: `https://github.com/acme/api/issues/${no}`, labels: [], user: SENDER };
}

const MAKERS: Readonly<Record<ContentKind, (no: number, isGood: boolean) => Made>> = {
  issue: (no) => ({
    type: 'issues',
    says: `issue #${no} opened`,
    fields: { action: 'opened', issue: { ...issue(no), created_at: '2026-03-01T12:00:00Z' } },
  }),
  comment: (no) => ({
    type: 'issue_comment',
    says: `comment ${no}`,
    fields: { action: 'created', issue: issue(7), comment: { id: no, body: `As I said ${no} times`, user: SENDER } },
  }),
  run: (no, isGood) => {
    const branch = `branch-${no % 2}`;
    return {
      type: 'workflow_run',
      says: `run ${no} ${isGood ? 'passed' : 'failed'} on ${branch}`,
      result: { branch, passed: isGood },
      fields: {
        action: 'completed',
        workflow: { id: 5, name: 'CI' },
        workflow_run: {
          id: no,
          run_attempt: 1,
          run_number: no,
          workflow_id: 5,
          name: 'CI',
          head_branch: branch,
          conclusion: isGood ? 'success' : 'failure',
          event: 'push',
          display_title: `Change ${no}`,
          head_sha: 'b'.repeat(40),
          head_repository: { full_name: 'acme/api' },
          pull_requests: [],
        },
      },
    };
  },
  star: (no) => ({ type: 'star', says: `star ${no}`, fields: { action: 'deleted', starred_at: null, no } }),
  // The body of an issue under the name of a push.
  forged: (no) => ({ type: 'push', says: `forged push ${no}`, fields: { action: 'opened', issue: issue(no) } }),
  // Where a name belongs, there is none.
  strange: (no) => ({ type: 'strange', says: `strange ${no}`, fields: { action: { no } } }),
  // More than the rules may cost.
  dear: (no) => ({ type: 'dear', says: `dear ${no}`, fields: { no } }),
  unreadable: (no) => ({ type: 'issues', says: `unreadable ${no}`, raw: `[${no}` }),
};
