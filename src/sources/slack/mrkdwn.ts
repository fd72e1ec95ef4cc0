import { channelName, type Names, personName } from './names.ts';

/** So much of one text is looked at. */
const READ = 40_000;

/** `<@U123>`, `<#C123|general>`, `<!here>`, `<https://a.example|label>`. */
const REFERENCE = /<([^<>]{1,3000})>/g;

/** Bold between spaces or punctuation, as Slack reads it. */
const BOLD = /(^|[\s([{"'>])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?=$|[\s)\]}"'.,:;!?<])/gm;

const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;

/** What Slack shows of its own formatting, as plain text. */
export function plainText(mrkdwn: string, names: Names): string {
  const text = mrkdwn.slice(0, READ).replace(REFERENCE, (_, inner: string) => reference(inner, names).label);
  return decoded(text.replace(BOLD, '$1$2').replace(/```|`/g, ''));
}

/** The same as Markdown. Slack's three entities are those of Markdown, and stay. */
export function markdown(mrkdwn: string, names: Names): string {
  const parts = mrkdwn.slice(0, READ).split(CODE);
  return parts.map((part, index) => (index % 2 === 1 ? part : prose(part, names))).join('');
}

function prose(text: string, names: Names): string {
  return text.replace(BOLD, '$1**$2**').replace(REFERENCE, (_, inner: string) => {
    const { label, url } = reference(inner, names);
    if (url === null) return label;
    return label === url ? url : `[${label.replace(/[[\]]/g, '')}](${url})`;
  });
}

interface Reference {
  readonly label: string;
  readonly url: string | null;
}

function reference(inner: string, names: Names): Reference {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? null : inner.slice(bar + 1).trim() || null;
  switch (target[0]) {
    case '@':
      return { label: `@${label?.replace(/^@/, '') ?? personName(names, target.slice(1)) ?? 'someone'}`, url: null };
    case '#':
      return {
        label: label === null ? (channelName(names, target.slice(1)) ?? 'a channel') : `#${label.replace(/^#/, '')}`,
        url: null,
      };
    case '!':
      return { label: special(target.slice(1), label), url: null };
    default:
      return { label: label ?? target.replace(/^mailto:/, ''), url: /^https?:\/\//.test(target) ? target : null };
  }
}

/** `<!here>`, `<!subteam^S123|@devs>`, `<!date^1392734382^{date}|Feb 18>` */
function special(target: string, label: string | null): string {
  if (target.startsWith('date^')) return label ?? 'a date';
  if (target.startsWith('subteam^')) return label ?? '@a group';
  return `@${(label ?? target).replace(/^@/, '')}`;
}

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
