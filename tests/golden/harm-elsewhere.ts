import { render } from '../../src/destinations/discord/render.ts';
import type { Activity } from '../../src/model/activity.ts';
import { htmlOf } from '../../src/text/markdown/write-html.ts';
import { checkDiscord, pingsOf } from '../doubles/discord-rules.ts';
import { digest, single } from '../fixtures/activities.ts';

/** The same as `harmOf` (./harm.ts) at Discord and in a page. */
export function harmElsewhere(activity: Activity): readonly string[] {
  const twice = digest([activity, activity]);
  return [
    ...[single(activity), twice].flatMap((message) => harmAtDiscord(render(message).body)),
    ...harmInHtml(htmlOf(activity.said.excerpt ?? '')),
  ];
}

/** Of what calls nobody on purpose. */
function harmAtDiscord(body: unknown): readonly string[] {
  const checked = checkDiscord(body, 'post');
  if ('status' in checked) return [`Discord refuses it: ${JSON.stringify(checked.body)}`];
  const texts = (checked.embeds ?? []).flatMap(({ title = '', description = '', fields = [] }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return [...pingsOf(checked).map((who) => `calls ${who}`), ...texts.flatMap(harmInDiscord)];
}

/** Code aside, what acts in Discord's Markdown although nobody escaped it; links that hide where they go. */
export function harmInDiscord(text: string): readonly string[] {
  // Whichever comes first: a backtick behind a backslash begins no code, and in code there are no backslashes.
  const rest = text.replace(/\\[^]|```[^]*?```|`[^`\n]*`/g, '');
  const links = [...rest.matchAll(/\[([^\]]*)\]\((https?:\/\/[^)\s]+)\)/g)];
  const bare = rest.replace(/\[[^\]]*\]\(https?:\/\/[^)\s]+\)/g, '');
  return [
    ...(/@(?:everyone|here)|<[@#/ta:]|\[[^\]]*\]\(|\|\||^\s{0,3}(?:#{1,3}|-#) |^>>> /m.test(bare)
      ? [`acts: ${bare.slice(0, 80)}`]
      : []),
    ...links.flatMap(([, shown = '', url = '']) => {
      const { hostname } = new URL(url);
      return /https?:\/\/|good\.test/.test(shown) && !shown.includes(hostname) ? [`${shown} leads to ${url}`] : [];
    }),
    ...(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed() ? ['a hidden character'] : []),
  ];
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
