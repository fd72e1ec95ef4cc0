import { isTrue, type Payload, textOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { ownerOf } from '../people.ts';
import { whose } from './topic.ts';
import { type Say, say, type Wording } from './wording.ts';

/** What discussions alone know, and how they begin. */
export const WORDING: ReadonlyMap<string, Say> = new Map<string, Say>(
  Object.entries({
    created,
    answered: (payload, topic) => ({
      ...say(
        'Question answered',
        `marked ${commentOf(payload, 'answer')} as the answer to ${whose(payload, topic)}`,
        'good',
      ),
      quote: textOrNull(payload, 'answer.body'),
      time: 'answer_chosen_at',
    }),
    unanswered: (payload, topic) =>
      say(
        'Question open again',
        `unmarked ${commentOf(payload, 'old_answer')} as the answer to ${whose(payload, topic)}`,
        'opened',
      ),
    category_changed: (payload) => {
      const [from, to] = ['changes.category.from.name', 'discussion.category.name'].map((path) =>
        asWords(textOrNull(payload, path) ?? ''),
      );
      return say('Discussion category changed', `moved {it}${from && ` from ${from}`} to ${to || 'another category'}`);
    },
  } satisfies Record<string, Say>),
);

/** A question waits for an answer; an announcement does not. GitHub's own category for those cannot be told but by its name. */
function created(payload: Payload): Wording {
  const beside = {
    facts: [textOrNull(payload, 'discussion.category.name')],
    quote: textOrNull(payload, 'discussion.body'),
    time: 'created_at',
  };
  if (textOrNull(payload, 'discussion.state') === 'converting') {
    return { ...say('Issue turned into discussion', 'turned an issue into {it}', 'opened'), ...beside };
  }
  if (isTrue(payload, 'discussion.category.is_answerable')) {
    return { ...say('Question asked', 'asked a question in {it}', 'opened'), ...beside };
  }
  if (textOrNull(payload, 'discussion.category.slug') === 'announcements') {
    return { ...say('New announcement', 'made an announcement in {it}'), ...beside, facts: [] };
  }
  return { ...say('Discussion started', 'started {it}', 'opened'), ...beside };
}

/** `lin-wei's comment` */
function commentOf(payload: Payload, path: string): string {
  return `${ownerOf(payload, textOrNull(payload, `${path}.user.login`))} comment`;
}
