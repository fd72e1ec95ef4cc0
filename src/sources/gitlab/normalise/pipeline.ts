import { isTrue, linkOrNull, list, numberOrNull, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { commitLine } from '../../../telling/hosting/commits.ts';
import { failedAt, type Run, runTold } from '../../../telling/hosting/run.ts';
import { after, idAt, numberAt, worded } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { type GitlabEvent, pageIn } from './event.ts';

/** GitLab's statuses: how they end by the names that all hosts share, and what those that have not ended are doing. */
const CONCLUSIONS: Readonly<Record<string, string>> = {
  success: 'success',
  failed: 'failure',
  canceled: 'cancelled',
  skipped: 'skipped',
};
const DOING: Readonly<Record<string, string>> = {
  created: 'queued',
  pending: 'queued',
  preparing: 'queued',
  scheduled: 'queued',
  waiting_for_resource: 'queued',
  running: 'started',
  canceling: 'being cancelled',
  manual: 'waits for a manual job',
};
/** The ref of a pipeline for what a merge request would become: `refs/merge-requests/12/merge`. */
const REQUEST_REF = /^refs\/merge-requests\/\d{1,10}\/(?:head|merge|train)$/;

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#pipeline-events: it is news when it ends. */
export function pipeline(event: GitlabEvent): Told {
  const { payload, project } = event;
  const id = idAt(payload, 'object_attributes.id');
  const name = textOrNull(payload, 'object_attributes.name');
  const number = id === null ? null : `#${id}`;
  const status = textOrNull(payload, 'object_attributes.status') ?? '';
  const ref = textOrNull(payload, 'object_attributes.ref');
  const isTag = isTrue(payload, 'object_attributes.tag');
  const source = textOrNull(payload, 'object_attributes.source');
  const iid = numberOrNull(payload, 'merge_request.iid');
  const branch = ref !== null && REQUEST_REF.test(ref) ? textOrNull(payload, 'merge_request.source_branch') : ref;
  const sha = textOrNull(payload, 'object_attributes.sha') ?? textOrNull(payload, 'commit.id');
  const seconds = numberAt(payload, 'object_attributes.duration');
  const told = runTold({
    noun: 'pipeline',
    name: name ?? (number === null ? null : `Pipeline ${number}`),
    title: commitLine(sha, textOrNull(payload, 'commit.message') ?? textOrNull(payload, 'commit.title')),
    url: linkOrNull(payload, 'object_attributes.url') ?? (id === null ? null : pageIn(project, `-/pipelines/${id}`)),
    ...progressOf(status),
    branch: isTag ? null : branch,
    tag: isTag ? ref : null,
    key: keyOf(event, [branch ?? ref, name, source === 'parent_pipeline' ? 'child' : null]),
    id: id === null ? null : `${id} ${status}`,
    lasted: seconds === null ? null : seconds * 1000,
    workflow: name === null ? [] : [name],
    request: iid === null || !Number.isSafeInteger(iid) ? null : { handle: `!${iid}`, number: iid },
    cause: causeOf(payload, source),
    facts: [
      status === 'failed' ? failedAt(failedJobs(payload)) : null,
      name === null ? null : after('pipeline', number),
    ],
  });
  return { ...told, facets: { ...told.facets, isFork: isOfFork(payload) } };
}

/** Of a request that comes from another project. */
function isOfFork(payload: Payload): boolean {
  const [from, into] = ['source', 'target'].map((end) => numberOrNull(payload, `merge_request.${end}_project_id`));
  return from !== null && into !== null && from !== into;
}

function progressOf(status: string): Pick<Run, 'conclusion' | 'doing'> {
  const conclusion = Object.hasOwn(CONCLUSIONS, status) ? CONCLUSIONS[status] : undefined;
  const doing = Object.hasOwn(DOING, status) ? DOING[status] : worded(status);
  return { conclusion: conclusion ?? null, doing: doing || null };
}

/** What each run of it has in common. Null: it is not known where it runs. */
function keyOf({ project }: GitlabEvent, [ref, ...more]: readonly (string | null)[]): string | null {
  if (project.path === null || !ref) return null;
  return [project.path.toLowerCase(), ref, ...more].filter(Boolean).join(' ');
}

/** Who wrote the commit; of a run that no commit set off, what did. */
function causeOf(payload: Payload, source: string | null): string | null {
  if (source === 'schedule') return 'on schedule';
  const starter = textOrNull(payload, 'user.username') ?? textOrNull(payload, 'user.name');
  if (source === 'web' || source === 'api' || source === 'trigger') {
    return starter === null ? 'started by hand' : `started by ${starter}`;
  }
  return textOrNull(payload, 'commit.author.name');
}

function failedJobs(payload: Payload): readonly string[] {
  return list(payload, 'builds')
    .filter((job) => textOrNull(job, 'status') === 'failed' && !isTrue(job, 'allow_failure'))
    .map((job) => textOrNull(job, 'name'))
    .filter((name) => name !== null);
}

/** Says nothing more than that it failed. */
const NO_REASON = /^unknown_failure$/;

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#job-events: one job of a pipeline. */
export function job(event: GitlabEvent): Told {
  const { payload, project } = event;
  const id = idAt(payload, 'build_id');
  const status = textOrNull(payload, 'build_status') ?? '';
  const ref = textOrNull(payload, 'ref');
  const isTag = isTrue(payload, 'tag');
  const isAllowed = status === 'failed' && isTrue(payload, 'build_allow_failure');
  const reason = status === 'failed' ? textOrNull(payload, 'build_failure_reason') : null;
  const seconds = numberAt(payload, 'build_duration');
  const name = textOrNull(payload, 'build_name');
  const stage = textOrNull(payload, 'build_stage');
  const sha = textOrNull(payload, 'sha') ?? textOrNull(payload, 'commit.sha');
  const told = runTold({
    noun: 'job',
    name: stage === null || name === null || stage === name ? (name ?? stage) : `${stage} / ${name}`,
    title: commitLine(sha, textOrNull(payload, 'commit.message')),
    url: id === null ? null : pageIn(project, `-/jobs/${id}`),
    ...progressOf(status),
    branch: isTag ? null : ref,
    tag: isTag ? ref : null,
    key: null,
    id,
    lasted: seconds === null ? null : seconds * 1000,
    cause: textOrNull(payload, 'commit.author_name'),
    facts: [reason === null || NO_REASON.test(reason) ? null : worded(reason), isAllowed ? 'allowed to fail' : null],
  });
  const environment = textOrNull(read(payload, 'environment'), 'name');
  // Where a pipeline has a name, that is what its jobs call their commit.
  const workflow = textOrNull(payload, 'commit.name');
  return {
    ...told,
    ...(isAllowed && { tone: 'neutral' }),
    facets: { ...told.facets, environment, workflow: workflow === null ? [] : [workflow] },
  };
}
