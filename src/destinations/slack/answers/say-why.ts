import type { Why } from '../../../model/desk.ts';
import { ago } from '../../../shared/time-words.ts';
import { plain } from '../../../text/plain.ts';
import { code, escapeText, label, link } from '../escape.ts';
import { section } from '../render.ts';
import { plainWords, type Reply, words } from './reply.ts';

/** Characters of what the rules made of it: what stands around it fits beside that. */
const LINES = 2_000;
const SAID = 300;
/** Of earlier events of a page: one line each. */
const EARLIER = 4;

/** Neither that there is one, nor where, is said to whoever may not read it. */
export const NOTHING_KNOWN = 'I know nothing of this any more, or it was never told here.';

/** What was told, which rule wanted it, and where all of it stands. */
export function sayWhy([why, ...earlier]: readonly Why[], now: number): Reply {
  if (why === undefined) return plainWords(NOTHING_KNOWN);
  const more = earlier.slice(0, EARLIER).map((each) => `•  ${saidIn(each)}  ·  ${ago(each.receivedAt, now)}`);
  const blocks = [
    section(linesIn(why)),
    section(`Everything about it: ${code(why.command, 200)}`),
    ...(more.length > 0 ? [section(`Before that:\n${more.join('\n')}`)] : []),
  ];
  const title = why.told.length === 0 ? 'Why no message came of this' : 'Why you got this';
  return words(`*${title}:* ${saidIn(why)}  ·  ${ago(why.receivedAt, now)}`, blocks);
}

function saidIn({ said, url }: Why): string {
  return link(url, label(said, SAID));
}

/** As they stand in a terminal. */
function linesIn({ lines }: Why): string {
  const kept: string[] = [];
  let left = LINES;
  for (const line of lines) {
    const text = escapeText(plain(line).replaceAll('`', "'").replaceAll('\n', ' '));
    if (text.length > left) break;
    left -= text.length + 1;
    kept.push(text);
  }
  if (kept.length < lines.length) kept.push('…');
  return kept.length === 0 ? 'No rule was asked.' : `\`\`\`${kept.join('\n')}\`\`\``;
}
