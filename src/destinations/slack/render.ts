import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { Activity } from '../../model/activity.ts';
import { showsExcerpt, sign } from '../looks.ts';
import { oneLine } from '../plain.ts';
import { ownTitle, sentence } from '../sentence.ts';
import { code, imageUrl, label, link } from './escape.ts';
import { clip, LIMITS } from './limits.ts';
import { mrkdwn } from './mrkdwn.ts';

/** The JSON body of a post to an incoming webhook. Links never unfurl: the message says what there is to say. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** Room in one section: top line (≤ 1,700 with its URL) + excerpt (≤ 1,200) < 3,000. */
const TITLE = 400;
const EXCERPT = { shown: 300, length: 1200, lines: 8, quoted: true } as const;

/** One activity as one compact message: what happened, an excerpt where it helps, and a small line about who and where. */
export function renderActivity(activity: Activity): SlackMessage {
  const excerpt = activity.excerpt && showsExcerpt(activity) ? mrkdwn(activity.excerpt, EXCERPT) : '';
  const blocks: KnownBlock[] = [section(excerpt ? `${topLine(activity)}\n${excerpt}` : topLine(activity))];
  const context = contextBlock(activity);
  if (context) blocks.push(context);
  return message(sentence(activity), blocks);
}

/** `text` is plain; Slack shows it as the push notification and reads it as mrkdwn, so it is escaped like all the rest. */
export function message(text: string, blocks: KnownBlock[]): SlackMessage {
  return { text: label(text, LIMITS.text) || 'Activity', blocks, unfurl_links: false, unfurl_media: false };
}

/** `verbatim`: Slack makes no links or mentions of its own out of plain text. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** What an activity is about, as one link: `#12 Uploads fail on Safari`. '' when it has neither handle nor title. */
export function subjectLink(activity: Activity, max: number, maxUrl?: number): string {
  const title = [oneLine(activity.subject?.handle ?? ''), ownTitle(activity)].filter(Boolean).join(' ');
  return link(activity.subject?.url ?? null, label(title, max), maxUrl);
}

export function repoLink({ repo }: Activity, maxUrl?: number): string {
  return repo ? link(repo.url, label(repo.fullName, 140), maxUrl) : '';
}

function topLine(activity: Activity): string {
  const subject = subjectLink(activity, TITLE) || repoLink(activity);
  return `${sign(activity)}  *${label(activity.headline, 100)}*${subject && `  ${subject}`}`;
}

const SHOWN_LABELS = 4;
const SHOWN_FACTS = 5;

function contextBlock(activity: Activity): ContextBlock | undefined {
  const { actor, branch, facts, labels, subject } = activity;
  const login = actor ? oneLine(actor.login) : '';
  const namesBranch = branch === null || subject?.handle === branch || facts.some((fact) => fact.includes(branch));
  const hidden = labels.length - SHOWN_LABELS;
  const parts = [
    actor && login ? link(actor.url, label(login, 80)) : '',
    repoLink(activity),
    namesBranch ? '' : code(branch, 120),
    ...facts.slice(0, SHOWN_FACTS).map((fact) => label(fact, 120)),
    [...labels.slice(0, SHOWN_LABELS).map((name) => code(name, 60)), hidden > 0 ? `+${hidden}` : '']
      .filter(Boolean)
      .join(' '),
  ].filter(Boolean);
  const avatar = actor && login ? imageUrl(actor.avatarUrl) : null;
  const elements: ContextBlock['elements'] = [];
  if (avatar) elements.push({ type: 'image', image_url: avatar, alt_text: login.slice(0, 100).toWellFormed() });
  const text = clip(parts.join('  ·  '), LIMITS.sectionText);
  if (text) elements.push({ type: 'mrkdwn', text, verbatim: true });
  return elements.length > 0 ? { type: 'context', elements } : undefined;
}
