import { htmlLetter } from '../../src/destinations/email/mail/html.ts';
import { letterOf } from '../../src/destinations/email/mail/letter.ts';
import { plainLetter } from '../../src/destinations/email/mail/plain-letter.ts';
import { render as atGoogleChat } from '../../src/destinations/google-chat/render.ts';
import { render as atMatrix } from '../../src/destinations/matrix/render.ts';
import { pushText } from '../../src/destinations/push-text.ts';
import { MARKUPS } from '../../src/destinations/slack/flavors/markup.ts';
import { render as inFlavor } from '../../src/destinations/slack/flavors/render.ts';
import { render as atTeams } from '../../src/destinations/teams/render.ts';
import { render as atTelegram } from '../../src/destinations/telegram/render.ts';
import type { Message } from '../../src/model/destination.ts';
import { disguisedIn, hiddenIn } from '../conformance/harm.ts';
import { harmInFlavor, textsOf } from '../doubles/flavor-double.ts';
import { faultsInCard } from '../doubles/google-chat-double.ts';
import { faultsInHtml } from '../doubles/matrix-double.ts';
import { harmInHtmlMail } from '../doubles/smtp-rules.ts';
import { actsIn, parseTelegramHtml } from '../doubles/telegram-rules.ts';
import { FULL } from '../support/long-form.ts';

const FLAVORS = ['mattermost', 'rocketchat', 'zulip'] as const;
const FOOT = { words: 'Sent by Tidings.', unsubscribe: 'mailto:tidings@acme.test' };

/** What is wrong with a message that calls nobody, as each place would read it. */
const CHATS: readonly ((message: Message, home: RegExp) => readonly string[])[] = [
  (message, home) => {
    const parsed = parseTelegramHtml(atTelegram(message));
    if (typeof parsed === 'string') return [parsed];
    const links = parsed.entities.flatMap(({ href, text }) => disguisedIn(text, href, home));
    return [...tooLong(parsed.text.length, 4_096), ...actsIn(parsed), ...hiddenIn(parsed.text), ...links];
  },
  (message, home) => {
    const content = atMatrix(message);
    const html = content.formatted_body;
    const called = Object.keys(content['m.mentions']);
    return [
      ...called,
      ...faultsInHtml(html),
      ...hiddenIn(html + content.body),
      ...linksIn(html, home),
      ...sizeOf(content, 64_000),
    ];
  },
  (message, home) => {
    const card = atGoogleChat(message);
    const texts = card.cardsV2[0].card.sections.flatMap(({ widgets }) =>
      widgets.map((each) => each.textParagraph.text),
    );
    const harm = texts.flatMap((html) => [...faultsInCard(html), ...hiddenIn(html), ...linksIn(html, home)]);
    return [...(card.text === undefined ? [] : ['somebody is called']), ...harm, ...sizeOf(card, 32_000)];
  },
  (message, home) => {
    const card = atTeams(message);
    const runs = card.attachments[0].content.body.flatMap((element) => {
      if (element.type === 'TextBlock') return [{ type: 'TextRun', text: '\0' } as const];
      return (element.type === 'Container' ? element.items : [element]).flatMap(({ inlines }) => inlines);
    });
    const harm = runs.flatMap((run) => [...hiddenIn(run.text), ...disguisedIn(run.text, urlOf(run), home)]);
    return [...harm, ...sizeOf(card, 28 * 1024)];
  },
  ...FLAVORS.map((flavor) => (message: Message, home: RegExp) => {
    const texts = textsOf({ ...inFlavor(message, MARKUPS[flavor]) });
    return texts.flatMap((text) => [...harmInFlavor(flavor, text, home), ...tooLong(text.length, 10_000)]);
  }),
  (message) => {
    const { title, body, url } = pushText(message);
    const odd = /^https?:\/\//.test(url ?? 'http://') ? [] : [`a tap opens ${url}`];
    return [
      ...hiddenIn(title),
      ...hiddenIn(body),
      ...odd,
      ...tooLong(title.length, 200),
      ...tooLong(Buffer.byteLength(body), 3_000),
    ];
  },
  (message, home) => {
    const letter = letterOf(message);
    return [...harmInHtmlMail(htmlLetter(letter, FOOT), home), ...hiddenIn(plainLetter(letter, FOOT))];
  },
];

let turn = 0;

/** In `npm test` each message meets one of them, in turn. */
export function harmInChats(message: Message, home: RegExp): readonly string[] {
  const some = FULL ? CHATS : [CHATS[turn++ % CHATS.length]];
  return some.flatMap((harmIn) => harmIn?.(message, home) ?? []);
}

function linksIn(html: string, home: RegExp): readonly string[] {
  return [...html.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g)].flatMap(([, url = '', text = '']) =>
    disguisedIn(text, url, home),
  );
}

function urlOf({ selectAction }: { readonly selectAction?: { readonly url: string } }): string {
  return selectAction?.url ?? '';
}

function sizeOf(payload: object, most: number): readonly string[] {
  return tooLong(Buffer.byteLength(JSON.stringify(payload)), most);
}

function tooLong(length: number, most: number): readonly string[] {
  return length > most ? [`${length} of ${most}`] : [];
}
