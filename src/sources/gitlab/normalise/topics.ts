import {
  isObject,
  isTrue,
  linkOrNull,
  list,
  numberOrNull,
  type Payload,
  read,
  textOrNull,
  textsIn,
} from '../../../shared/payload.ts';
import { type MergeRequest, withoutDraftMark } from '../../../telling/hosting/request.ts';
import type { Topic } from '../../../telling/hosting/topic.ts';
import { idAt, momentAt } from '../../../telling/parts.ts';
import { type GitlabEvent, loginById, loginsIn, pageIn } from './event.ts';

/** The issue or work item that the object is: `root` names it, `object_attributes` or, of a note, `issue`. */
export function issueTopic(event: GitlabEvent, root = 'object_attributes'): Topic {
  const noun = nounOf(textOrNull(event.payload, `${root}.type`));
  return topicOf(event, root, noun, noun === 'epic' ? '&' : '#');
}

export function mergeRequestTopic(event: GitlabEvent, root = 'object_attributes'): Topic {
  const topic = topicOf(event, root, 'merge request', '!');
  return { ...topic, title: withoutDraftMark(topic.title), request: requestOf(event.payload, root) };
}

/** GitLab has several kinds of what others call issues. */
const ITEMS: ReadonlySet<string> = new Set([
  'incident',
  'task',
  'epic',
  'objective',
  'key result',
  'requirement',
  'ticket',
]);

function nounOf(type: string | null): string {
  const noun = type?.replace(/_/g, ' ').toLowerCase() ?? '';
  return ITEMS.has(noun) ? noun : noun === 'test case' ? noun : 'issue';
}

const PAGES: Readonly<Record<string, string>> = { '!': 'merge_requests', '#': 'issues' };

function topicOf(event: GitlabEvent, root: string, noun: string, sign: string): Topic {
  const { payload, project } = event;
  const iid = idAt(payload, `${root}.iid`);
  const isNote = root !== 'object_attributes';
  const pages = PAGES[sign];
  return {
    noun,
    handle: iid === null ? null : `${sign}${iid}`,
    title: textOrNull(payload, `${root}.title`) ?? '',
    url:
      linkOrNull(payload, `${root}.url`) ??
      (iid === null || pages === undefined ? null : pageIn(project, `-/${pages}/${iid}`)),
    repo: project.path,
    author: loginById(payload, numberOrNull(payload, `${root}.author_id`)),
    actor: event.actor?.login ?? null,
    body: textOrNull(payload, `${root}.description`),
    labels: labelsOf(payload, root),
    assignees: isNote ? assigneesById(payload, root) : assigneesOf(payload, root),
    milestone: textOrNull(payload, `${root}.milestone.title`) ?? textOrNull(payload, 'milestone.title'),
    openedAt: momentAt(payload, `${root}.created_at`),
    closedAt: momentAt(payload, `${root}.closed_at`),
  };
}

function labelsOf(payload: Payload, root: string): readonly string[] {
  const own = textsIn(payload, `${root}.labels`, 'title');
  return own.length > 0 || root !== 'object_attributes' ? own : textsIn(payload, 'labels', 'title');
}

function assigneesOf(payload: Payload, root: string): readonly string[] {
  const people = list(payload, 'assignees');
  const one = read(payload, 'assignee');
  const all = loginsIn(people.length > 0 ? people : [one]);
  return all.length > 0 ? all : assigneesById(payload, root);
}

const MOST_ASSIGNED = 100;

/** A note names them by their ids. */
function assigneesById(payload: Payload, root: string): readonly string[] {
  const own = read(payload, `${root}.assignee`);
  if (isObject(own)) return loginsIn([own]);
  const ids = list(payload, `${root}.assignee_ids`)
    .slice(0, MOST_ASSIGNED)
    .filter((id) => typeof id === 'number');
  return ids.map((id) => loginById(payload, id)).filter((login) => login !== null);
}

const DRAFT_TITLE = /^\s*(?:draft|wip)\s*[:\]]|^\s*\[(?:draft|wip)\]|^\s*\(draft\)/i;

function requestOf(payload: Payload, root: string): MergeRequest {
  const [source, target] = ['source', 'target'].map((end) => numberOrNull(payload, `${root}.${end}_project_id`));
  const isFork = source !== null && target !== null && source !== target;
  const reviewers = loginsIn(list(payload, 'reviewers'));
  return {
    number: numberOrNull(payload, `${root}.iid`),
    isDraft:
      isTrue(payload, `${root}.draft`) ||
      isTrue(payload, `${root}.work_in_progress`) ||
      DRAFT_TITLE.test(textOrNull(payload, `${root}.title`) ?? ''),
    base: textOrNull(payload, `${root}.target_branch`),
    head: textOrNull(payload, `${root}.source_branch`),
    isFork,
    fork: isFork ? (textOrNull(payload, `${root}.source.path_with_namespace`)?.split('/', 1)[0] ?? null) : null,
    reviewers,
  };
}
