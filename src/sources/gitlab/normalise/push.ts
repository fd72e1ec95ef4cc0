import { linkOrNull, list, numberOrNull, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import type { Commit } from '../../../telling/hosting/commits.ts';
import { pushTold } from '../../../telling/hosting/push.ts';
import { isNoCommit, refOf, segment } from '../../../telling/hosting/ref.ts';
import type { Told } from '../../../telling/told.ts';
import { commitPage, type GitlabEvent, pageIn, refPage } from './event.ts';

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events: GitLab lists the last 20 commits at most. */
export function push(event: GitlabEvent): Told {
  const { payload, project, type } = event;
  const given = refOf(textOrNull(payload, 'ref') ?? '');
  const noun = type === 'tag_push' ? 'tag' : given.noun;
  const ref = { noun, name: given.name || noun } as const;
  const commits = noun === 'tag' ? [] : list(payload, 'commits');
  const [before, after] = [textOrNull(payload, 'before'), textOrNull(payload, 'after')];
  const told = pushTold({
    ref,
    before,
    after,
    commits: commits.map((commit) => commitOf(event, commit)),
    total: noun === 'tag' ? null : wholeCount(payload),
    message: noun === 'tag' ? textOrNull(payload, 'message') : null,
    pages: {
      repository: pageIn(project),
      ref: refPage(project, noun, ref.name),
      compare: comparison(event, before, after),
    },
    requestPage: (of) =>
      pageIn(project, `-/${of.startsWith('!') ? 'merge_requests' : 'issues'}/${segment(of.slice(1))}`),
  });
  return { ...told, facets: { ...told.facets, paths: pathsOf(commits, wholeCount(payload)) } };
}

function wholeCount(payload: Payload): number | null {
  const count = numberOrNull(payload, 'total_commits_count');
  return count !== null && Number.isSafeInteger(count) && count > 0 ? count : null;
}

function comparison({ project }: GitlabEvent, before: string | null, after: string | null): string | null {
  const isBoth = [before, after].every((sha) => sha !== null && !isNoCommit(sha) && /^[0-9a-f]{7,64}$/.test(sha));
  return isBoth ? pageIn(project, `-/compare/${before}...${after}`) : null;
}

function commitOf({ payload, project }: GitlabEvent, commit: unknown): Commit {
  const sha = textOrNull(commit, 'id');
  const name = textOrNull(commit, 'author.name');
  return {
    sha,
    url: linkOrNull(commit, 'url') ?? commitPage(project, sha),
    message: textOrNull(commit, 'message') ?? textOrNull(commit, 'title'),
    author: name === null || isPusher(payload, commit, name) ? null : name,
  };
}

function isPusher(payload: Payload, commit: unknown, name: string): boolean {
  const email = textOrNull(commit, 'author.email')?.toLowerCase();
  const names = ['user_name', 'user_username'].map((field) => textOrNull(payload, field)?.toLowerCase());
  const isSame =
    email !== undefined && email.includes('@') && email === textOrNull(payload, 'user_email')?.toLowerCase();
  return isSame || names.includes(name.toLowerCase());
}

/** Every file that some commit touched. Null when a list is missing or cut short: it is not known then. */
function pathsOf(commits: readonly unknown[], total: number | null): readonly string[] | null {
  if (commits.length === 0 || (total ?? 0) > commits.length) return null;
  const paths = new Set<string>();
  for (const commit of commits) {
    for (const change of ['added', 'modified', 'removed']) {
      const files = read(commit, change);
      if (!Array.isArray(files)) return null;
      for (const file of files) if (typeof file === 'string') paths.add(file);
    }
  }
  return [...paths];
}
