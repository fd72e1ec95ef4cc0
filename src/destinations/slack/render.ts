import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { Activity } from '../../model/activity.ts';
import type { Content } from '../../model/notification.ts';
import { sign } from '../../text/looks.ts';
import { oneLine } from '../../text/plain.ts';
import { placeOf, sentence } from '../../text/sentence.ts';
import { subjectLine, unnamedBranch } from '../../text/subject.ts';
import { code, escapeText, imageUrl, label, link, URL_LIMIT } from './escape.ts';
import { clip, LIMITS } from './limits.ts';
import { callOut } from './mentions.ts';
import { mrkdwn } from './mrkdwn.ts';
import { pictureBlock } from './picture.ts';

/** The JSON body of a post to an incoming webhook. Links never unfurl: the message says what there is to say. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** Characters in one section: top line (≤ 1,700 with its URL) + excerpt (≤ 1,200) < 3,000. A call out shortens the excerpt. */
const TITLE = 400;
const EXCERPT = { shown: 300, length: 1200, lines: 8, quoted: true } as const;

type Called = Pick<Content, 'activity' | 'mentions'>;

/**
 * One activity as one compact message: what happened, an excerpt where it helps, whom it calls, and a small line about who
 * and where. `showsPicture`: an excerpt that is nothing but a picture is seen, rather than a link to it.
 */
export function renderActivity({ activity, mentions }: Called, showsPicture = true): SlackMessage {
  const top = topLine(activity);
  const called = callOut(mentions);
  const picture = showsPicture ? pictureBlock(activity.said.excerpt) : null;
  const left = LIMITS.sectionText - top.length - called.length - 20;
  const excerpt =
    activity.said.excerpt && !picture
      ? mrkdwn(activity.said.excerpt, { ...EXCERPT, length: Math.min(EXCERPT.length, left) })
      : '';
  const blocks: KnownBlock[] = [section([top, excerpt, called && calling(called)].filter(Boolean).join('\n'))];
  if (picture) blocks.push(picture);
  const context = contextBlock(activity);
  if (context) blocks.push(context);
  return message(sentence(activity), called, blocks);
}

/**
 * `text` is plain, `called` is of `callOut`. Slack shows both as the push notification and reads them as mrkdwn, so that the
 * text is escaped like all the rest.
 */
export function message(text: string, called: string, blocks: KnownBlock[]): SlackMessage {
  const said = label(text, LIMITS.sentence) || 'Activity';
  return { text: called ? `${said} ${calling(called)}` : said, blocks, unfurl_links: false, unfurl_media: false };
}

/** Set apart from the words before it. */
export function calling(called: string): string {
  return `→ ${called}`;
}

/** `verbatim`: Slack makes no links or mentions of its own out of plain text. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** What an activity is about, as one link: `#12 Uploads fail on Safari`. '' when it has neither handle nor title. */
export function subjectLink(activity: Activity, max: number, maxUrl?: number): string {
  const { text, url, host } = subjectLine(activity, max, maxUrl ?? URL_LIMIT);
  return link(url, label(text, max) + (host && ` (${escapeText(host)})`), maxUrl);
}

/** Where it happened; an organisation has no address of its own. */
export function placeLink(activity: Activity, maxUrl?: number): string {
  return link(activity.place?.url ?? null, label(placeOf(activity), 140), maxUrl);
}

function topLine(activity: Activity): string {
  const subject = subjectLink(activity, TITLE) || placeLink(activity);
  return `${sign(activity)}  *${label(activity.said.headline, 100)}*${subject && `  ${subject}`}`;
}

const SHOWN_LABELS = 4;
const SHOWN_FACTS = 5;

function contextBlock(activity: Activity): ContextBlock | undefined {
  const { actor } = activity;
  const { facts } = activity.said;
  const { labels } = activity.facets;
  const branch = unnamedBranch(activity);
  const login = actor ? oneLine(actor.login) : '';
  const hidden = labels.length - SHOWN_LABELS;
  const parts = [
    actor && login ? link(actor.url, label(login, 80)) : '',
    // Said on the top line already where there is nothing else to link.
    subjectLink(activity, TITLE) ? placeLink(activity) : '',
    branch === null ? '' : code(branch, 120),
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
