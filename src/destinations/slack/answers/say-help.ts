import { code, label } from '../escape.ts';
import { section } from '../render.ts';
import { type Reply, words } from './reply.ts';

const LINES = 20;

const USES = [
  ['why <link>', 'why I told something, or didn’t'],
  ['mute <link>', 'nothing more about it in this channel; with `3d`, for three days'],
  ['mute <link> for me', 'nothing more about it to you'],
  ['unmute <link>', 'tell it again'],
  ['list', 'what is muted here, and for you'],
  ['status', 'how I am'],
] as const;

/** `why`: what could not be read. */
export function help(called: string, why?: string): Reply {
  const lines = USES.map(([use, what]) => `•  ${code(`${called} ${use}`, 100)}  ${what}`);
  const list = section(lines.join('\n'));
  return words(why === undefined ? '*What you can ask me*' : `${why} You can ask me:`, [list]);
}

export function sayStatus(lines: readonly string[]): Reply {
  const shown = lines
    .slice(0, LINES)
    .map((line) => label(line, 140))
    .filter(Boolean);
  return words('*How I am*', shown.length === 0 ? [] : [section(shown.join('\n'))]);
}
