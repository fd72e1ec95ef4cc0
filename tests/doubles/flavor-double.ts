import { disguisedIn, NOBODYS } from '../conformance/harm.ts';
import { type PushDouble, startPushDouble } from './push-double.ts';

type Json = Readonly<Record<string, unknown>>;
type Foreign = 'mattermost' | 'rocketchat' | 'zulip';

export const FLAVOR_KEY = 'aVerySecretKeyOfNobody';

/** Answered to a post: each says yes in its own way. */
const SERVERS = {
  mattermost: { path: `/hooks/${FLAVOR_KEY}`, yes: 'ok', most: 16_383 },
  rocketchat: { path: `/hooks/65f0c0ffee/${FLAVOR_KEY}`, yes: { success: true }, most: 5_000 * 2 },
  zulip: {
    path: `/api/v1/external/slack_incoming?api_key=${FLAVOR_KEY}&stream=dev`,
    yes: { result: 'success', msg: '' },
    most: 10_000,
  },
} as const;

/** One of the servers that take Slack's webhooks and ignore its blocks, as far as their sources say what they do. */
export function startFlavorDouble(flavor: Foreign): Promise<PushDouble> {
  const { path, yes, most } = SERVERS[flavor];
  return startPushDouble({
    path,
    answer({ method, path: asked, headers, body }) {
      if (method !== 'POST' || asked !== path) return { status: 404, body: { message: 'not found' } };
      if (!headers['content-type']?.startsWith('application/json')) return { status: 400, body: 'Unable to parse' };
      const told = JSON.parse(body) as Json;
      // Accepted, and shown as nothing.
      if (!told['text'] && !told['attachments']) return { status: 400, body: 'No text specified' };
      return { status: 200, body: yes, told };
    },
    faultsOf: ({ text = '', attachments, ...others }) => [
      ...Object.keys(others).map((key) => `${key} is ignored or refused`),
      ...(flavor === 'zulip' && text !== '' ? ['text beside attachments is not shown'] : []),
      ...(/@[\p{L}\p{N}*_]|</u.test(fallbackOf({ attachments })) ? ['a fallback that acts'] : []),
      ...textsOf({ text, attachments }).flatMap((each) => (each.length > most ? [`${each.length} characters`] : [])),
    ],
  });
}

function fallbackOf({ attachments }: Json): string {
  const [attachment] = attachments as readonly Json[];
  const fallback = attachment?.['fallback'];
  return typeof fallback === 'string' && fallback !== '' ? fallback : '<none>';
}

/** What Markdown is read in. */
export function textsOf({ text, attachments }: Json): readonly string[] {
  const [attachment] = attachments as readonly Json[];
  return [text, attachment?.['text']].filter((each) => typeof each === 'string');
}

/** Code aside, what would call somebody or lead elsewhere than it says. Zulip and Mattermost translate `<url|text>` first. */
export function harmInFlavor(flavor: Foreign, text: string, home = NOBODYS): readonly string[] {
  const escaped = flavor === 'mattermost' ? text.replace(/\\([ -~])/g, (_, one: string) => hidden(one)) : text;
  const rest = escaped.replace(/```[^]*?```|`[^`\n]*`/g, '');
  const links = [...rest.matchAll(/\[([^\]]*)\]\((https?:\/\/[^)\s]+)\)/g)];
  const bare = rest.replace(/\[[^\]]*\]\(https?:\/\/[^)\s]+\)/g, '');
  return [
    ...(/@[\p{L}\p{N}*_]|<|\]\(|\|\|/u.test(bare)
      ? [`acts: ${/.{0,20}(?:@[\p{L}\p{N}*_]|<|\]\(|\|\|).{0,40}/u.exec(bare)?.[0]}`]
      : []),
    ...links.flatMap(([, written = '', url = '']) => {
      return disguisedIn(
        written.replace(/[\uE020-\uE07E]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xe000)),
        url,
        home,
      );
    }),
    ...(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed() ? ['a hidden character'] : []),
  ];
}

/** A character behind a backslash is only itself. */
function hidden(one: string): string {
  return String.fromCharCode(one.charCodeAt(0) + 0xe000);
}
