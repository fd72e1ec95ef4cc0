import { renderCard, renderDigestCard } from '../../src/destinations/console/card.ts';
import { renderDigest } from '../../src/destinations/slack/digest.ts';
import { LIMITS } from '../../src/destinations/slack/limits.ts';
import { renderActivity, type SlackMessage } from '../../src/destinations/slack/render.ts';
import type { Activity } from '../../src/model/activity.ts';
import { blockTextSize, checkMessage } from '../doubles/slack-rules.ts';
import { aNotification, content } from '../fixtures/activities.ts';

/** Where a link may lead to while its label names another: a provider's own pages, whose titles people write. */
export const GITHUB = /^(?:[a-z0-9-]+\.)*github\.com$/;

/**
 * What an activity could do to those who read it, in Slack or on a terminal, told alone or with another. Empty when it is harmless.
 * `home`: the provider's hosts.
 */
export function harmOf(activity: Activity, home: RegExp = GITHUB): readonly string[] {
  const twice = [aNotification(activity, 1), aNotification(activity, 2)];
  const style = { color: false, width: 100 };
  const messages = [renderActivity(content(activity)), renderDigest(twice)];
  const cards = renderCard(content(activity), '', style) + renderDigestCard(twice, '', style);
  return [
    ...messages.flatMap((message) => [
      ...refusal(message),
      ...textsIn(message).flatMap((text) => harmFrom(text, home)),
    ]),
    ...(/(?!\n)\p{Cc}|\p{Bidi_Control}|\p{Cs}/u.test(cards) ? ['a control character on the terminal'] : []),
  ];
}

function refusal(message: SlackMessage): readonly string[] {
  const checked = checkMessage(message);
  const size = blockTextSize(message.blocks);
  return [
    ...('why' in checked ? [`Slack refuses it: ${checked.why}`] : []),
    ...(message.text.length > LIMITS.sentence ? [`text of ${message.text.length}`] : []),
    ...(size > LIMITS.messageBlockText ? [`block text of ${size}`] : []),
  ];
}

/** Nobody is called here: the activities carry no mentions. */
export function harmIn(text: string): readonly string[] {
  return harmFrom(text, GITHUB);
}

function harmFrom(text: string, home: RegExp): readonly string[] {
  const links = [...text.matchAll(/<(https?:\/\/[^<>|\s]+)\|([^<>]+)>/g)];
  const rest = text.replace(/<https?:\/\/[^<>|\s]+\|[^<>]+>/g, '');
  return [
    ...(/</.test(rest) ? [`a control sequence: ${around(rest, '<')}`] : []),
    ...(/&(?!(?:amp|lt|gt);)/.test(text) ? [`a bare ampersand: ${around(text, '&')}`] : []),
    ...(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed() ? ['a hidden character'] : []),
    ...links.flatMap(([, url = '', label = '']) => (isDisguised(url, label, home) ? [`${label} leads to ${url}`] : [])),
  ];
}

function isDisguised(url: string, label: string, home: RegExp): boolean {
  const { hostname } = new URL(unescaped(url));
  if (home.test(hostname)) return false;
  const shown = unescaped(label);
  const named = /https?:\/\/([^/\s:?#]+)/i.exec(shown)?.[1]?.toLowerCase();
  return named !== undefined && named !== hostname && !shown.includes(`(${hostname})`);
}

/** As people see it; U+2060 is what we put around marks. */
function unescaped(text: string): string {
  const plain = text.replaceAll('\u2060', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  return plain.replaceAll('&amp;', '&');
}

/** All that Slack would read as mrkdwn. */
export function textsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}

function around(text: string, sign: string): string {
  const at = text.indexOf(sign);
  return JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
}
