import { numberOrNull, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { generic } from '../../../telling/generic.ts';
import { commitLine, firstLine } from '../../../telling/hosting/commits.ts';
import { keyed, refOf, shortSha } from '../../../telling/hosting/ref.ts';
import { runTold } from '../../../telling/hosting/run.ts';
import { page } from '../../../telling/page.ts';
import { firstText, idAt } from '../../../telling/parts.ts';
import type { Skip, Told } from '../../../telling/told.ts';
import { type GiteaEvent, htmlPage, loginAt, numberIn, repositoryPage, timeAt } from './event.ts';

const DOING: Readonly<Partial<Record<string, string>>> = {
  requested: 'queued',
  queued: 'queued',
  in_progress: 'started',
  waiting: 'waits for approval',
};

/** Gitea Actions, in the shape of GitHub's. */
export function workflowRun(event: GiteaEvent): Told {
  const { action, payload, repo } = event;
  const run = read(payload, 'workflow_run');
  const file = fileOf(textOrNull(run, 'path'));
  const name = firstText(payload, ['workflow.name', 'workflow_run.name']) ?? file;
  const branch = textOrNull(run, 'head_branch');
  const conclusion = action === 'completed' ? textOrNull(run, 'conclusion') : null;
  const number = numberOrNull(run, 'run_number');
  return {
    ...runTold({
      noun: 'workflow',
      name,
      title: titleOf(textOrNull(run, 'display_title'), textOrNull(run, 'head_sha')),
      url: htmlPage(run) ?? repositoryPage(event, '/actions'),
      conclusion,
      doing: conclusion === null ? (DOING[action ?? ''] ?? 'finished') : null,
      branch,
      key: keyed(repo?.toLowerCase() ?? null, file ?? name, branch),
      id: runId(idAt(run, 'id'), numberOrNull(run, 'run_attempt')),
      lasted: between(run, 'started_at', 'completed_at'),
      workflow: [name, file].filter((one) => one !== null),
      request: requestOf(payload),
      facts: [number === null ? null : `run #${number}`],
    }),
    by: null,
  };
}

export function workflowJob(event: GiteaEvent): Told {
  const { action, payload } = event;
  const job = read(payload, 'workflow_job');
  const conclusion = action === 'completed' ? textOrNull(job, 'conclusion') : null;
  const sha = textOrNull(job, 'head_sha');
  return {
    ...runTold({
      noun: 'job',
      name: textOrNull(job, 'name'),
      title: shortSha(sha),
      url: htmlPage(job) ?? repositoryPage(event, '/actions'),
      conclusion,
      doing: conclusion === null ? (DOING[action ?? ''] ?? 'finished') : null,
      branch: textOrNull(job, 'head_branch'),
      key: null,
      id: null,
      lasted: between(job, 'started_at', 'completed_at'),
      request: requestOf(payload),
    }),
    by: null,
  };
}

const ENDS: Readonly<Partial<Record<string, string>>> = { failure: 'failure', recover: 'success', success: 'success' };

/** Forgejo Actions. A run that ends well after one that did not is told by two events: `recover` and `success`. */
export function actionRun(event: GiteaEvent): Told {
  const { type, action, payload, repo } = event;
  const run = read(payload, 'run');
  const conclusion = ENDS[action ?? ''];
  if (conclusion === undefined) return generic({ name: type, action, payload, noun: 'workflow' });
  const file = textOrNull(run, 'workflow_id');
  const branch = branchOf(textOrNull(run, 'prettyref'));
  const number = numberOrNull(run, 'index_in_repo');
  const id = idAt(run, 'id');
  return {
    ...runTold({
      noun: 'workflow',
      name: file,
      title: titleOf(textOrNull(run, 'title'), textOrNull(run, 'commit_sha')),
      url: htmlPage(run) ?? repositoryPage(event, '/actions'),
      conclusion,
      branch,
      key: keyed(repo?.toLowerCase() ?? null, file, branch),
      id: runId(id, timeAt(run, 'stopped')),
      lasted: between(run, 'started', 'stopped'),
      workflow: file === null ? [] : [file],
      cause: loginAt(run, 'trigger_user'),
      facts: [number === null ? null : `run #${number}`],
    }),
    by: null,
    happening:
      repo === null || id === null
        ? null
        : `run ${repo.toLowerCase()} ${runId(id, timeAt(run, 'stopped'))} ${conclusion}`,
  };
}

/** What a service says of a commit: a check to everybody who reads it. */
export function status(event: GiteaEvent): Told | Skip {
  const { payload } = event;
  const state = textOrNull(payload, 'state');
  if (state === null || state === 'pending')
    return { skip: `status: ${state ?? 'none'}, which is no news before it ends` };
  const sha = textOrNull(payload, 'sha') ?? textOrNull(payload, 'commit.id');
  const title = commitLine(sha, textOrNull(payload, 'commit.message'));
  return {
    ...runTold({
      noun: 'check',
      name: textOrNull(payload, 'context'),
      title: title === '' ? null : title,
      url: page(textOrNull(payload, 'target_url')) ?? page(textOrNull(payload, 'commit.url')),
      conclusion: state,
      branch: null,
      // Gitea names no branch: nobody knows which to compare.
      key: null,
      id: null,
      cause: firstText(payload, ['commit.author.username', 'commit.author.name']),
      facts: [textOrNull(payload, 'description')],
    }),
    by: null,
  };
}

/** `0d95302 Retry uploads`, and the commit alone where there is no title. */
function titleOf(title: string | null, sha: string | null): string | null {
  return [shortSha(sha), title === null ? null : firstLine(title)].filter(Boolean).join(' ') || null;
}

/** `.gitea/workflows/ci.yml@refs/heads/main` → `ci.yml` */
function fileOf(path: string | null): string | null {
  return path?.split('@', 1)[0]?.split('/').at(-1) || null;
}

/** A pull request's runs are of `#12`. */
function branchOf(ref: string | null): string | null {
  return ref === null || ref.startsWith('#') || ref.startsWith('refs/pull/') ? null : refOf(ref).name;
}

function requestOf(payload: Payload): { readonly handle: string; readonly number: number } | null {
  const number = numberIn(read(payload, 'pull_request'));
  return number === null ? null : { handle: `#${number}`, number: Number(number) };
}

/** A run that is started again is another result. */
function runId(id: string | null, attempt: number | null): string | null {
  return id === null ? null : `${id} ${attempt ?? 1}`;
}

function between(object: unknown, from: string, to: string): number | null {
  const [begun, ended] = [timeAt(object, from), timeAt(object, to)];
  return begun === null || ended === null ? null : ended - begun;
}
