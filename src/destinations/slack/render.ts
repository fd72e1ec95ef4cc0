import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { Activity } from '../../model/activity.ts';
import type { Content } from '../../model/notification.ts';
import { asRepeat, REPEAT_LINE } from '../../text/as-repeat.ts';
import { doerOf, type Line, lineOf } from '../../text/line.ts';
import { sign } from '../../text/looks.ts';
import { isOnlyList } from '../../text/markdown/only-list.ts';
import { oneLine } from '../../text/plain.ts';
import { sentence } from '../../text/sentence.ts';
import { smallLine } from '../../text/small-line.ts';
import { code, imageUrl, label, URL_LIMIT } from './escape.ts';
import { clip, LIMITS } from './limits.ts';
import { lineInMrkdwn, personLink, placeLink } from './line.ts';
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

/** Characters in one section: top line (≤ 1,700 with its URLs) + excerpt (≤ 1,200) < 3,000. A call out shortens the excerpt, a long line a list. */
const TOP = 1700;
const TITLE = { title: 400, url: URL_LIMIT };
const EXCERPT = { shown: 300, length: 1200, lines: 8, quoted: true } as const;
const LIST = { ...EXCERPT, shown: 600, length: 2400 } as const;

type Called = Pick<Content, 'activity' | 'mentions'>;

export interface Looks {
  /** An excerpt that is nothing but a picture is seen, rather than a link to it. Default: yes. */
  readonly showsPicture?: boolean;
  /** The small line says the place, the branch and the labels. Default: yes; right below a card, which says them, no. */
  readonly namesPlace?: boolean;
}

/**
 * One activity as one compact message: who did what, an excerpt where it helps, whom it calls, and a small line about where
 * and what else there is to know.
 */
export function renderActivity(
  { activity, mentions }: Called,
  { showsPicture = true, namesPlace = true }: Looks = {},
): SlackMessage {
  const line = lineOf(activity);
  const top = clip(`${sign(activity)}  ${lineInMrkdwn(activity, line, TITLE, '*')}`, TOP);
  const called = callOut(mentions);
  const picture = showsPicture ? pictureBlock(activity) : null;
  const left = LIMITS.sectionText - top.length - called.length - 20;
  const excerpt = activity.said.excerpt && !picture ? excerptIn(activity.said.excerpt, left) : '';
  const blocks: KnownBlock[] = [section([top, excerpt, called && calling(called)].filter(Boolean).join('\n'))];
  if (picture) blocks.push(picture);
  const context = contextBlock(activity, line, namesPlace);
  if (context) blocks.push(context);
  return message(sentence(activity), called, blocks);
}

function excerptIn(markdown: string, max: number): string {
  const limits = isOnlyList(markdown) ? LIST : EXCERPT;
  return mrkdwn(markdown, { ...limits, length: Math.min(limits.length, max) });
}

/**
 * `text` is plain, `called` is of `callOut`. Slack shows both as the push notification and reads them as mrkdwn, so that the
 * text is escaped like all the rest.
 */
export function message(text: string, called: string, blocks: KnownBlock[]): SlackMessage {
  const said = label(text, LIMITS.sentence) || 'Activity';
  return { text: called ? `${said} ${calling(called)}` : said, blocks, unfurl_links: false, unfurl_media: false };
}

/** The same message, which says on the phone and above itself that it may have been posted before. */
export function maybeRepeated({ text, blocks, ...rest }: SlackMessage): SlackMessage {
  const above: ContextBlock = { type: 'context', elements: [{ type: 'mrkdwn', text: REPEAT_LINE, verbatim: true }] };
  return { text: asRepeat(text), blocks: [above, ...blocks], ...rest };
}

/** Set apart from the words before it. */
export function calling(called: string): string {
  return `→ ${called}`;
}

/** `verbatim`: Slack makes no links or mentions of its own out of plain text. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** The picture is of whoever is named, on the line or here. */
function contextBlock(activity: Activity, line: Line, namesPlace: boolean): ContextBlock | undefined {
  const { actor, place, branch, facts, labels, more } = smallLine(activity, line);
  const parts = [
    personLink(actor),
    namesPlace && place && placeLink(activity),
    namesPlace && code(branch, 120),
    ...facts.map((fact) => label(fact, 120)),
    namesPlace && [...labels.map((name) => code(name, 60)), more].filter(Boolean).join(' '),
  ].filter(Boolean);
  const text = clip(parts.join('  ·  '), LIMITS.sectionText);
  if (text === '') return undefined;
  const doer = doerOf(activity, line);
  const login = oneLine(doer?.login ?? '');
  const avatar = login && imageUrl(doer?.avatarUrl ?? null);
  const elements: ContextBlock['elements'] = [{ type: 'mrkdwn', text, verbatim: true }];
  if (avatar) elements.unshift({ type: 'image', image_url: avatar, alt_text: login.slice(0, 100).toWellFormed() });
  return { type: 'context', elements };
}
