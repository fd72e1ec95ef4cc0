import { isObject, list, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { page } from '../../../telling/page.ts';
import { idAt, momentAt } from '../../../telling/parts.ts';

/** So many that there may be more. */
const COMMITS_LISTED = 5;

/** What Cloud calls what Data Center tells. */
const KEYS: Readonly<Record<string, string>> = {
  'pr:opened': 'pullrequest:created',
  'pr:modified': 'pullrequest:updated',
  'pr:from_ref_updated': 'pullrequest:push',
  'pr:merged': 'pullrequest:fulfilled',
  'pr:declined': 'pullrequest:rejected',
  'pr:reviewer:approved': 'pullrequest:approved',
  'pr:reviewer:unapproved': 'pullrequest:unapproved',
  'pr:reviewer:needs_work': 'pullrequest:changes_request_created',
  'pr:comment:added': 'pullrequest:comment_created',
  'pr:comment:edited': 'pullrequest:comment_updated',
  'pr:comment:deleted': 'pullrequest:comment_deleted',
  'repo:refs_changed': 'repo:push',
};

interface AsCloud {
  readonly key: string;
  readonly payload: Payload;
}

/**
 * What happens to pull requests and branches of Data Center under Cloud's names, so that one sentence and one rule do for both.
 * Null: nobody has words for it. https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html
 */
export function asCloud(sentKey: string, payload: Payload): AsCloud | null {
  const key = Object.hasOwn(KEYS, sentKey) ? KEYS[sentKey] : undefined;
  const told = key === 'repo:push' ? pushIn(payload) : requestIn(payload);
  return key === undefined || told === null ? null : { key, payload: { ...told, actor: payload['actor'] } };
}

function requestIn(payload: Payload): Payload | null {
  const request = read(payload, 'pullRequest');
  const repo = fullName(read(request, 'toRef.repository'));
  if (repo === null) return null;
  const url = selfOf(request);
  return {
    repository: { full_name: repo, links: linked(url?.replace(/\/pull-requests\/\d.*$/, '') ?? null) },
    pullrequest: requestOf(request, url),
    comment: commentOf(read(payload, 'comment'), read(payload, 'commentParentId'), url),
  };
}

function pushIn(payload: Payload): Payload | null {
  const repository = read(payload, 'repository');
  const repo = fullName(repository);
  const changes = list(payload, 'changes');
  if (repo === null || changes.length === 0) return null;
  const url = selfOf(repository)?.replace(/\/browse\/?$/, '') ?? null;
  const listed = changes.length === 1 ? list(payload, 'commits') : [];
  return {
    repository: { full_name: repo, links: linked(url) },
    push: { changes: changes.map((change) => changeOf(change, listed, read(payload, 'toCommit'))) },
  };
}

/** Old servers list no commits: there is one at least. */
function changeOf(change: unknown, listed: readonly unknown[], newest: unknown): Payload {
  const kind = textOrNull(change, 'type');
  const ref = { type: textOrNull(change, 'ref.type')?.toLowerCase(), name: read(change, 'ref.displayId') };
  const now = read(change, 'toHash');
  const atLeast = kind === 'UPDATE' ? [isObject(newest) && newest['id'] === now ? newest : { id: now }] : [];
  return {
    old: kind === 'ADD' ? null : { ...ref, target: { hash: read(change, 'fromHash') } },
    new: kind === 'DELETE' ? null : { ...ref, target: { hash: now, message: read(newest, 'message') } },
    commits: (listed.length > 0 ? listed : atLeast).map((commit) => ({
      hash: read(commit, 'id'),
      message: read(commit, 'message'),
      author: { user: read(commit, 'author') },
    })),
    truncated: listed.length === 0 || listed.length >= COMMITS_LISTED,
  };
}

function requestOf(request: unknown, url: string | null): Payload {
  return {
    id: read(request, 'id'),
    title: read(request, 'title'),
    description: read(request, 'description'),
    draft: read(request, 'draft'),
    author: read(request, 'author.user'),
    reviewers: list(request, 'reviewers').map((reviewer) => read(reviewer, 'user')),
    source: refOf(read(request, 'fromRef')),
    destination: refOf(read(request, 'toRef')),
    created_on: isoOf(request, 'createdDate'),
    updated_on: isoOf(request, 'closedDate') ?? isoOf(request, 'updatedDate'),
    links: linked(url),
  };
}

function refOf(ref: unknown): Payload {
  return { branch: { name: read(ref, 'displayId') }, repository: { full_name: fullName(read(ref, 'repository')) } };
}

function commentOf(comment: unknown, parent: unknown, url: string | null): Payload | null {
  if (!isObject(comment)) return null;
  const id = idAt(comment, 'id');
  return {
    content: { raw: read(comment, 'text') },
    user: read(comment, 'author'),
    inline: isObject(comment['anchor'])
      ? { path: read(comment, 'anchor.path'), to: read(comment, 'anchor.line') }
      : null,
    parent: parent === undefined ? null : {},
    created_on: isoOf(comment, 'createdDate'),
    updated_on: isoOf(comment, 'updatedDate'),
    links: linked(id === null || url === null ? url : `${url}/overview?commentId=${encodeURIComponent(id)}`),
  };
}

/** `PROJ/api`, of a person `~mona/api`. */
function fullName(repository: unknown): string | null {
  const project = textOrNull(repository, 'project.key');
  const slug = textOrNull(repository, 'slug');
  return project === null || slug === null ? null : `${project}/${slug}`;
}

/** Old servers say `[null]`. */
function selfOf(request: unknown): string | null {
  return page(textOrNull(list(request, 'links.self')[0], 'href'));
}

function linked(href: string | null): Payload {
  return { html: { href } };
}

function isoOf(object: unknown, path: string): string | null {
  const time = momentAt(object, path);
  return time === null ? null : new Date(time).toISOString();
}
