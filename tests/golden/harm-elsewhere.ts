import { render } from '../../src/destinations/discord/render.ts';
import type { Activity } from '../../src/model/activity.ts';
import { htmlOf } from '../../src/text/markdown/write-html.ts';
import { disguisedIn, NOBODYS } from '../conformance/harm.ts';
import { checkDiscord, pingsOf } from '../doubles/discord-rules.ts';
import { digest, single } from '../fixtures/activities.ts';
import { GITHUB } from './harm.ts';
import { harmInChats } from './harm-in-chats.ts';

/** The same as `harmOf` (./harm.ts) at Discord, in other chats and in a page. */
export function harmElsewhere(activity: Activity, home: RegExp = GITHUB): readonly string[] {
  const twice = digest([activity, activity]);
  return [
    ...[single(activity), twice].flatMap((message) => [
      ...harmAtDiscord(render(message).body, home),
      ...harmInChats(message, home),
    ]),
    ...harmInHtml(htmlOf(activity.said.excerpt ?? '')),
  ];
}

/** Of what calls nobody on purpose. */
function harmAtDiscord(body: unknown, home: RegExp): readonly string[] {
  const checked = checkDiscord(body, 'post');
  if ('status' in checked) return [`Discord refuses it: ${JSON.stringify(checked.body)}`];
  const texts = (checked.embeds ?? []).flatMap(({ title = '', description = '', fields = [] }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return [...pingsOf(checked).map((who) => `calls ${who}`), ...texts.flatMap((text) => harmInDiscord(text, home))];
}

/** Code aside, what acts in Discord's Markdown although nobody escaped it; links that hide where they go. */
export function harmInDiscord(text: string, home = NOBODYS): readonly string[] {
  // Whichever comes first: a backtick behind a backslash begins no code, and in code there are no backslashes.
  const rest = text.replace(/\\([ -~])|```[^]*?```|`[^`\n]*`/g, (_, escaped?: string) =>
    escaped ? asItself(escaped) : '',
  );
  const links = [...rest.matchAll(/\[([^\]]*)\]\((https?:\/\/[^)\s]+)\)/g)];
  const bare = rest.replace(/\[[^\]]*\]\(https?:\/\/[^)\s]+\)/g, '');
  return [
    ...(/@(?:everyone|here)|<[@#/ta:]|\[[^\]]*\]\(|\|\||^\s{0,3}(?:#{1,3}|-#) |^>>> /m.test(bare)
      ? [`acts: ${bare.slice(0, 80)}`]
      : []),
    ...links.flatMap(([, shown = '', url = '']) => disguisedIn(seen(shown), url, home)),
    ...(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed() ? ['a hidden character'] : []),
  ];
}

/** A character behind a backslash acts no more, and is read all the same. */
function asItself(escaped: string): string {
  return String.fromCharCode(escaped.charCodeAt(0) + 0xe000);
}

function seen(text: string): string {
  return text.replace(/[\uE020-\uE07E]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xe000));
}

/** Any tag but ours, any attribute but ours, any tag that is left open. */
function harmInHtml(html: string): readonly string[] {
  const open: string[] = [];
  const odd: string[] = [];
  const link = /^<a href="https?:\/\/[^"<>]*" rel="nofollow noreferrer">$/;
  for (const [tag, closing, name = ''] of html.matchAll(/<(\/?)([^\s>]*)[^>]*>?/g)) {
    if (closing) {
      if (open.pop() !== name) odd.push(`${tag} closes nothing`);
    } else if (name !== 'br') open.push(name);
    if (!closing && !link.test(tag) && !/^<(?:p|br|b|i|s|code|pre|ul|ol(?: start="\d+")?|li|blockquote)>$/.test(tag)) {
      odd.push(`a tag of somebody's: ${tag}`);
    }
  }
  return [...odd, ...open.map((name) => `${name} is left open`)].slice(0, 3);
}
