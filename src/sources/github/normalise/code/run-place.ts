import { list, numberOrNull, type Payload, textOrNull } from '../../../../shared/payload.ts';
import type { Outcome } from '../../../../telling/hosting/outcome.ts';
import { onBranch } from '../../../../telling/hosting/ref.ts';
import { asWords } from '../../../../telling/parts.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { isMergeQueue, queueOf } from './merge-queue.ts';
import { branchFact } from './ref.ts';

/** Where something of CI ran. */
export interface RunPlace {
  /** Null: GitHub names none (a fork's check, a deleted branch), or it is the merge queue's, which is no branch of ours. */
  readonly branch: string | null;
  /** Behind what became of it: ` on main`, ` in the merge queue of main`; '' where GitHub names no branch. */
  readonly where: string;
  readonly pullRequest: number | null;
  readonly isMergeQueue: boolean;
}

/** `fork`: the owner's name, so that a fork's `main` is not our `main`. */
export function runPlace(
  branch: string | null,
  pullRequests: readonly unknown[],
  fork: string | null = null,
): RunPlace {
  const pullRequest = pullRequests.length === 1 ? numberOrNull(pullRequests[0], 'number') : null;
  if (branch === null) return { branch: null, where: '', pullRequest, isMergeQueue: false };
  if (isMergeQueue(branch)) {
    return {
      branch: null,
      where: ` in the ${asWords(branchFact(branch) ?? '')}`,
      pullRequest: queueOf(branch).pullRequest ?? pullRequest,
      isMergeQueue: true,
    };
  }
  const name = fork === null ? branch : `${fork}:${branch}`;
  return { branch: name, where: onBranch(name), pullRequest, isMergeQueue: false };
}

/** `#12`, for the small line. */
export function pullRequestFact({ pullRequest }: RunPlace): string | null {
  return pullRequest === null ? null : `#${pullRequest}`;
}

/**
 * The merge queue tries every group on a branch of its own and cancels what it no longer needs. Only its failures are news:
 * what passes is told by the merge.
 */
export function queueSilence(place: RunPlace, outcome: Outcome | null): FamilyOutput | null {
  if (!place.isMergeQueue || outcome?.passed === false) return null;
  return skip('a run of the merge queue that did not fail: pull_request.merged or dequeued tells what becomes of it');
}

/** What checks and check suites say of where they ran. */
export function suitePlace(suite: unknown, payload: Payload, path: string): RunPlace {
  return runPlace(textOrNull(suite, 'head_branch'), list(payload, `${path}.pull_requests`));
}

/**
 * All that the workflow is called, as far as its event says: `CI`, `ci.yml`, `.github/workflows/ci.yml`. A job is sent without
 * the file, unless its workflow has no name: then the path stands for it.
 */
export function workflowNames(payload: Payload): readonly string[] {
  const name =
    textOrNull(payload, 'workflow.name') ??
    textOrNull(payload, 'workflow_run.name') ??
    textOrNull(payload, 'workflow_job.workflow_name');
  const path = textOrNull(payload, 'workflow.path') ?? textOrNull(payload, 'workflow_run.path');
  return namesOf(name, path ?? (name?.startsWith('.github/') === true ? name : null));
}

/** `workflow_dispatch` has the path alone, where others have all of the workflow. */
export function dispatchedWorkflowNames(payload: Payload): readonly string[] {
  return namesOf(null, textOrNull(payload, 'workflow'));
}

/** A path may end in the commit or branch that the file was read from: `ci.yml@refs/heads/main`. */
function namesOf(name: string | null, path: string | null): readonly string[] {
  const file = path?.replace(/@.*$/s, '') ?? null;
  const names = [name, file?.split('/').at(-1), file].map((each) => each ?? '');
  return [...new Set(names.filter((each) => each !== ''))];
}
