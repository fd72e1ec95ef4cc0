/** What was typed behind the command's name, or beside the app's. */
export type Typed =
  | { readonly kind: 'status' | 'list' | 'help' }
  | { readonly kind: 'why'; readonly link: string }
  /** `forMs`: for how long; null: for good. `isOwn`: for whoever types alone. */
  | { readonly kind: 'mute'; readonly link: string; readonly isOwn: boolean; readonly forMs: number | null }
  | { readonly kind: 'unmute'; readonly link: string; readonly isOwn: boolean }
  /** `why` is for people: mrkdwn, which holds nothing of theirs. */
  | { readonly kind: 'misread'; readonly why: string };

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** A year: who wants longer, wants for good. */
const LONGEST_MS = 365 * 86_400_000;
/** So much is read. */
const READ = 4_000;

/** Words may stand in any order behind the first: `mute 3d https://… for me`. */
export function typed(text: string): Typed {
  const words = wordsIn(text);
  const [verb = 'help', ...rest] = words;
  const links = rest.filter((word) => /^https?:\/\/\S/i.test(word));
  const others = rest.filter((word) => !links.includes(word)).map((word) => word.toLowerCase());
  switch (verb.toLowerCase()) {
    case 'status':
      return others.length + links.length === 0 ? { kind: 'status' } : misread('`status` takes nothing behind it.');
    case 'list':
    case 'mutes':
      return others.length + links.length === 0 ? { kind: 'list' } : misread('`list` takes nothing behind it.');
    case 'help':
      return { kind: 'help' };
    case 'why':
      return withLink('why', links, others, (link) => ({ kind: 'why', link }));
    case 'mute':
    case 'unmute':
      return muting(verb.toLowerCase() === 'mute', links, others);
    default:
      return misread('I don’t know that one.');
  }
}

function muting(isMute: boolean, links: readonly string[], others: readonly string[]): Typed {
  const isOwn = others.includes('me');
  const left = others.filter((word) => word !== 'me' && word !== 'for');
  const [time, ...rest] = left;
  if (!isMute) return withLink('unmute', links, left, (link) => ({ kind: 'unmute', link, isOwn }));
  if (links.length === 0) return lacksLink('mute');
  const forMs = time === undefined ? null : timeIn(time);
  if (forMs === undefined) {
    return misread('I can’t read how long: say it as in 30m, 8h, 3d or 2w, a year at most.');
  }
  return withLink('mute', links, rest, (link) => ({ kind: 'mute', link, isOwn, forMs }));
}

function withLink(
  verb: string,
  [link, ...more]: readonly string[],
  others: readonly string[],
  of: (link: string) => Typed,
): Typed {
  if (link === undefined) return lacksLink(verb);
  if (more.length > 0) return misread(`\`${verb}\` takes one link at a time.`);
  return others.length > 0 ? misread('I can’t read what stands beside the link.') : of(link);
}

function lacksLink(verb: string): Typed {
  return misread(`\`${verb}\` needs the link of an issue, a pull request or whatever it is about.`);
}

/** Undefined: it is none. */
function timeIn(word: string): number | undefined {
  const [count, unit = ''] = /^(\d{1,5})([mhdw])$/.exec(word)?.slice(1) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  return ms > 0 && ms <= LONGEST_MS ? ms : undefined;
}

function misread(why: string): Typed {
  return { kind: 'misread', why };
}

/** Mentions call the app itself; links come as `<https://…|label>`: https://docs.slack.dev/messaging/formatting-message-text */
function wordsIn(text: string): readonly string[] {
  return text
    .slice(0, READ)
    .replace(/<@[^<>]*>/g, ' ')
    .replace(/<(https?:[^<>|\s]*)(?:\|[^<>]*)?>/gi, ' $1 ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
    .replace(/^\/\S+\s*/, '')
    .split(/\s+/)
    .filter(Boolean);
}
