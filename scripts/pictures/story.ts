/** What GitHub sends, in the order in which it happened. */
export interface Told {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Pull {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  readonly size: readonly [additions: number, deletions: number, files: number];
  readonly labels?: readonly string[];
  readonly asked?: readonly string[];
  readonly isDraft?: boolean;
  readonly isMerged?: boolean;
  readonly comments?: number;
  readonly body?: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One repository whose time ends at `now`, ms since 1970. */
export class Story {
  readonly told: Told[] = [];
  readonly #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  /** Something done to a pull request, so many hours ago. */
  did(who: string, action: string, pull: Pull, hoursAgo: number, more: object = {}, type = 'pull_request'): void {
    const { number } = pull;
    const subject =
      type === 'issue_comment' ? { issue: this.#issue(pull, hoursAgo) } : { pull_request: this.#pull(pull, hoursAgo) };
    this.#tell(type, { action, number, ...subject, ...more }, who);
  }

  reviewed(
    who: string,
    state: 'approved' | 'changes_requested',
    pull: Pull,
    hoursAgo: number,
    words: string | null,
  ): void {
    const review = {
      id: pull.number * 10 + this.told.length,
      state,
      body: words,
      submitted_at: this.#ago(hoursAgo),
      user: person(who),
      html_url: `${urlOf(pull)}#pullrequestreview-1`,
    };
    this.did(who, 'submitted', pull, hoursAgo, { review }, 'pull_request_review');
  }

  commented(who: string, pull: Pull, hoursAgo: number, words: string): void {
    const comment = {
      id: this.told.length,
      body: words,
      created_at: this.#ago(hoursAgo),
      user: person(who),
      html_url: `${urlOf(pull)}#issuecomment-1`,
    };
    this.did(who, 'created', pull, hoursAgo, { comment }, 'issue_comment');
  }

  /** Of the newest commit. Null: it still runs. */
  checked(name: string, conclusion: 'success' | 'failure' | null, pull: Pull, hoursAgo: number): void {
    const check_run = {
      id: this.told.length,
      name,
      head_sha: shaOf(pull),
      status: conclusion === null ? 'in_progress' : 'completed',
      conclusion,
      started_at: this.#ago(hoursAgo),
      completed_at: conclusion === null ? null : this.#ago(hoursAgo - 0.05),
      html_url: `${urlOf(pull)}/checks`,
      app: { slug: 'buildkite', name: 'Buildkite' },
      check_suite: { head_branch: pull.branch, pull_requests: [] },
    };
    this.#tell('check_run', { action: conclusion === null ? 'created' : 'completed', check_run }, 'buildkite[bot]');
  }

  #tell(type: string, fields: object, who: string): void {
    const repository = {
      full_name: 'acme/api',
      name: 'api',
      html_url: 'https://github.com/acme/api',
      default_branch: 'main',
      owner: { login: 'acme' },
    };
    this.told.push({ type, payload: { ...fields, repository, sender: person(who) } });
  }

  #issue(pull: Pull, hoursAgo: number): object {
    const { head: _head, base: _base, ...topic } = this.#pull(pull, hoursAgo) as Record<string, unknown>;
    return { ...topic, pull_request: { url: `https://api.github.com/repos/acme/api/pulls/${pull.number}` } };
  }

  #pull(pull: Pull, hoursAgo: number): object {
    const {
      number,
      title,
      author,
      branch,
      labels = [],
      asked = [],
      isDraft = false,
      isMerged = false,
      body = null,
    } = pull;
    const [additions, deletions, changed_files] = pull.size;
    return {
      number,
      title,
      body,
      html_url: urlOf(pull),
      state: isMerged ? 'closed' : 'open',
      draft: isDraft,
      merged: isMerged,
      merged_at: isMerged ? this.#ago(hoursAgo) : null,
      user: person(author),
      base: { ref: 'main' },
      head: { ref: branch, sha: shaOf(pull) },
      labels: labels.map((name) => ({ name })),
      assignees: [],
      requested_reviewers: asked.map(person),
      requested_teams: [],
      created_at: this.#ago(hoursAgo),
      updated_at: this.#ago(hoursAgo),
      comments: pull.comments ?? 0,
      additions,
      deletions,
      changed_files,
      commits: 3,
    };
  }

  #ago(hours: number): string {
    return `${new Date(this.#now - hours * HOUR).toISOString().slice(0, 19)}Z`;
  }
}

function urlOf({ number }: Pull): string {
  return `https://github.com/acme/api/pull/${number}`;
}

function shaOf({ number }: Pull): string {
  return String(number).padStart(40, '0');
}

function person(login: string): object {
  const type = login.endsWith('[bot]') ? 'Bot' : 'User';
  const html_url = `https://github.com/${login}`;
  return { login, type, html_url, avatar_url: `https://avatars.githubusercontent.com/${login}` };
}

const RETRY: Pull = {
  number: 128,
  title: 'Retry uploads with backoff and jitter',
  author: 'hubot',
  branch: 'retry-uploads',
  size: [212, 38, 7],
  labels: ['bug', 'uploads'],
};
const DARK: Pull = {
  number: 131,
  title: 'Dark mode for the dashboard',
  author: 'mona',
  branch: 'dark-mode',
  size: [904, 211, 23],
};
const SAFARI: Pull = {
  number: 126,
  title: 'Uploads no longer stop at 99 % in Safari',
  author: 'lena-k',
  branch: 'safari-99',
  size: [18, 4, 2],
  labels: ['bug'],
};

const CACHE: Pull = {
  number: 119,
  title: 'Cache exports behind a proxy',
  author: 'priya',
  branch: 'cache-exports',
  size: [77, 12, 5],
};
const FLAKY: Pull = {
  number: 133,
  title: 'Fix the flaky clock test',
  author: 'lena-k',
  branch: 'clock',
  size: [9, 9, 1],
};

/** Somebody is asked for a review. */
export function aReviewAsked(now: number): readonly Told[] {
  const story = new Story(now);
  story.did('hubot', 'opened', { ...RETRY, asked: ['mona', 'lena-k'] }, 0.1);
  return story.told;
}

/** What waits in the morning: one for days, one for its author, one to be merged, one since today. */
export function aWeek(now: number): readonly Told[] {
  const story = new Story(now);
  story.did('priya', 'opened', { ...CACHE, asked: ['mona'] }, 76);
  story.did('lena-k', 'opened', { ...FLAKY, asked: ['hubot', 'mona'] }, 5);
  return [...story.told, ...aMorning(now)];
}

/** Three pull requests: one merged, one that is asked to change, one that is talked about and then approved. */
export function aMorning(now: number): readonly Told[] {
  const story = new Story(now);
  const asked = { ...SAFARI, asked: ['hubot'] };
  story.did('lena-k', 'opened', asked, 30);
  for (const name of ['lint', 'test', 'build']) story.checked(name, 'success', SAFARI, 29);
  story.reviewed('hubot', 'approved', SAFARI, 28, null);
  story.did('lena-k', 'closed', { ...SAFARI, isMerged: true }, 27);

  story.did('mona', 'opened', { ...DARK, asked: ['lena-k', 'priya'] }, 26);
  story.checked('lint', 'failure', DARK, 25);
  for (const name of ['test', 'build']) story.checked(name, 'success', DARK, 25);
  story.reviewed(
    'lena-k',
    'changes_requested',
    { ...DARK, asked: ['priya'] },
    24.5,
    'The contrast of links is too low on the cards.',
  );

  story.did('hubot', 'opened', { ...RETRY, asked: ['mona', 'lena-k'] }, 5);
  for (const name of ['lint', 'test', 'build']) story.checked(name, null, RETRY, 4.9);
  story.reviewed(
    'lena-k',
    'changes_requested',
    { ...RETRY, asked: ['mona'] },
    4,
    'Almost there! The backoff needs a cap, see [our guide](https://github.com/acme/api/wiki/Retries).',
  );
  story.did('hubot', 'synchronize', { ...RETRY, asked: ['mona'], size: [219, 38, 7] }, 3.5, {
    before: '1',
    after: shaOf(RETRY),
  });
  for (const name of ['lint', 'test']) story.checked(name, 'success', RETRY, 3.4);
  story.commented(
    'hubot',
    { ...RETRY, asked: ['mona'], comments: 1, size: [219, 38, 7] },
    3.3,
    'Capped at 30 s now. `resumeUpload()` keeps its own count.',
  );
  story.reviewed('lena-k', 'approved', { ...RETRY, asked: ['mona'], comments: 1, size: [219, 38, 7] }, 3, null);
  story.checked('build', 'success', RETRY, 2.9);
  return story.told;
}
