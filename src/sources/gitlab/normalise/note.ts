import { isTrue, linkOrNull, numberOrNull, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { inWords } from '../../../telling/generic.ts';
import { commentTold, commitCommentTold } from '../../../telling/hosting/comment.ts';
import { commitTitle } from '../../../telling/hosting/commits.ts';
import { shortSha } from '../../../telling/hosting/ref.ts';
import type { Topic } from '../../../telling/hosting/topic.ts';
import { idAt } from '../../../telling/parts.ts';
import type { Skip, Told } from '../../../telling/told.ts';
import { commitPage, type GitlabEvent, loginById } from './event.ts';
import { issueTopic, mergeRequestTopic } from './topics.ts';

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-events */
export function note(event: GitlabEvent): Told | Skip {
  const { payload, action } = event;
  if (isTrue(payload, 'object_attributes.system'))
    return { skip: 'note: written by GitLab itself, its own event tells it' };
  const written = {
    body: textOrNull(payload, 'object_attributes.note') ?? textOrNull(payload, 'object_attributes.description'),
    url: linkOrNull(payload, 'object_attributes.url'),
    place: placeIn(payload),
  };
  const commit = read(payload, 'commit');
  if (kindOf(payload) === 'Commit') {
    const sha = textOrNull(commit, 'id') ?? textOrNull(payload, 'object_attributes.commit_id');
    const title = textOrNull(commit, 'title') ?? commitTitle(textOrNull(commit, 'message'));
    const url = linkOrNull(commit, 'url') ?? commitPage(event.project, sha);
    return edited(event, commitCommentTold({ sha, title: title || shortSha(sha), url }, written));
  }
  const told = commentTold(topicOf(event), {
    action: action === 'update' ? 'edited' : 'created',
    isOnCode: textOrNull(payload, 'object_attributes.type') === 'DiffNote',
    author: loginById(payload, numberOrNull(payload, 'object_attributes.author_id')),
    ...written,
  });
  return event.type === 'confidential_note' ? { ...told, facts: ['internal', ...(told.facts ?? [])] } : told;
}

/** A commit's comment has no words for being edited in common. */
function edited({ action }: GitlabEvent, told: Told): Told {
  return action === 'update'
    ? { ...told, headline: 'Comment edited', did: 'edited a comment on {it}', isSpoken: false }
    : told;
}

/** `MergeRequest`, `Issue`, `Snippet`, `Commit`; what is there, where it does not say. */
function kindOf(payload: Payload): string {
  const said = textOrNull(payload, 'object_attributes.noteable_type');
  if (said !== null) return said;
  const found = [
    ['merge_request', 'MergeRequest'],
    ['issue', 'Issue'],
    ['snippet', 'Snippet'],
    ['commit', 'Commit'],
  ].find(([field = '']) => read(payload, field) !== undefined);
  return found?.[1] ?? '';
}

function topicOf(event: GitlabEvent): Topic {
  switch (kindOf(event.payload)) {
    case 'MergeRequest':
      return mergeRequestTopic(event, 'merge_request');
    case 'Issue':
    case 'WorkItem':
      return issueTopic(event, 'issue');
    case 'Snippet':
      return otherTopic(event, 'snippet', '$', 'id');
    case 'Epic':
      return otherTopic(event, 'epic', '&', 'iid');
    case 'WikiPage::Meta':
      return otherTopic(event, 'wiki page', '', 'title', 'wiki_page');
    default:
      return otherTopic(
        event,
        inWords(kindOf(event.payload).split('::').at(-1) ?? '').toLowerCase() || 'comment',
        '',
        'iid',
      );
  }
}

function otherTopic(event: GitlabEvent, noun: string, sign: string, number: string, root = noun): Topic {
  const { payload, project, actor } = event;
  const handle = idAt(payload, `${root}.${number}`);
  return {
    noun,
    handle: handle === null ? null : `${sign}${handle}`,
    title: textOrNull(payload, `${root}.title`) ?? '',
    url: linkOrNull(payload, `${root}.url`),
    repo: project.path,
    author: loginById(payload, numberOrNull(payload, `${root}.author_id`)),
    actor: actor?.login ?? null,
  };
}

/** `README.md:12`: where in the code it stands. */
function placeIn(payload: Payload): string | null {
  const position = read(payload, 'object_attributes.position') ?? read(payload, 'object_attributes.original_position');
  const path = textOrNull(position, 'new_path') ?? textOrNull(position, 'old_path');
  const line = numberOrNull(position, 'new_line') ?? numberOrNull(position, 'old_line');
  return path === null || line === null ? path : `${path}:${line}`;
}
