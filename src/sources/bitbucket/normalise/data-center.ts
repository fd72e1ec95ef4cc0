import { isObject, list, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { page } from '../../../telling/page.ts';
import { idAt, momentAt } from '../../../telling/parts.ts';

/** What Cloud calls what Data Center tells of a pull request. */
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
};

interface AsCloud {
  readonly key: string;
  readonly payload: Payload;
}

/**
 * A pull request of Data Center under Cloud's names, so that one sentence and one rule do for both. Null: it is no such event, or
 * does not say where it is. https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html
 */
export function asCloud(dataCenterKey: string, payload: Payload): AsCloud | null {
  const key = Object.hasOwn(KEYS, dataCenterKey) ? KEYS[dataCenterKey] : undefined;
  const request = read(payload, 'pullRequest');
  const url = selfOf(request);
  const repo = fullName(read(request, 'toRef.repository'));
  if (key === undefined || url === null || repo === null) return null;
  return {
    key,
    payload: {
      actor: payload['actor'],
      repository: { full_name: repo, links: linked(url.replace(/\/pull-requests\/\d+.*$/, '')) },
      pullrequest: requestOf(request, url),
      comment: commentOf(read(payload, 'comment'), read(payload, 'commentParentId'), url),
    },
  };
}

function requestOf(request: unknown, url: string): Payload {
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

function commentOf(comment: unknown, parent: unknown, url: string): Payload | null {
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
    links: linked(id === null ? url : `${url}/overview?commentId=${encodeURIComponent(id)}`),
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

function linked(href: string): Payload {
  return { html: { href } };
}

function isoOf(object: unknown, path: string): string | null {
  const time = momentAt(object, path);
  return time === null ? null : new Date(time).toISOString();
}
