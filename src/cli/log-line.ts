import type { Colors } from '../model/plugin/talk.ts';
import { span } from '../shared/time-words.ts';
import { oneLine } from './table.ts';

/** As pino numbers them. */
const LEVELS: Readonly<Record<number, string>> = { 10: 'trace', 20: 'debug', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' };

type Fields = Readonly<Record<string, unknown>>;

/** The attempt to send a message, as jobs/record-attempts.ts logs it. */
interface Attempted {
  readonly destination: string;
  readonly says: string;
  readonly outcome: string;
  readonly state: string;
  readonly detail: string;
  readonly dead: number;
  readonly tries: number;
  readonly receivedToEndMs: number;
  readonly pauseMs: number;
}

/** A line of the log, JSON, in words for a person at a terminal: `10:04:31  slack: mona opened issue #1 … · posted in 90 ms`. */
export function logLine(json: string, colors: Colors): string {
  const { time, level, msg, err, ...fields } = JSON.parse(json) as Fields;
  const at = colors.dim(new Date(String(time)).toTimeString().slice(0, 8));
  const label = LEVELS[Number(level)];
  const words = isAttempt(fields) ? attemptWords(fields) : [msg, inBrackets(fields)].filter(Boolean).join(' ');
  return [`${at}  ${label === undefined ? '' : painted(label, colors)}${oneLine(words)}`, ...faultLines(err)]
    .join('\n')
    .concat('\n');
}

function isAttempt(fields: Fields): fields is Fields & Attempted {
  return 'attempt' in fields && 'says' in fields;
}

function attemptWords({ destination, says, outcome, state, detail, dead, tries, ...times }: Attempted): string {
  const what = `${destination}: ${says}`;
  if (outcome === 'sent')
    return `${what} · posted in ${span(times.receivedToEndMs)}${tries > 1 ? `, at try ${tries}` : ''}`;
  if (dead > 0) return `${what} · given up: ${detail}`;
  if (state === 'unknown') return `${what} · told perhaps, the answer was lost: ${detail}`;
  if (outcome === 'broken') return `${what} · not told, and nothing can be: ${detail}`;
  return `${what} · not told yet, the next try is in ${span(times.pauseMs)}: ${detail}`;
}

/** `(source github, from 127.0.0.1)`, or nothing. */
function inBrackets(fields: Fields): string {
  const named = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return named.length === 0 ? '' : `(${named.join(', ')})`;
}

/** Where it happened: for whoever reports it. */
function faultLines(err: unknown): readonly string[] {
  if (typeof err !== 'object' || err === null) return [];
  const { stack, message } = err as { readonly stack?: unknown; readonly message?: unknown };
  return String(stack ?? message)
    .split('\n')
    .map((line) => `          ${oneLine(line)}`);
}

function painted(label: string, colors: Colors): string {
  const text = `${label}  `;
  if (label === 'WARN') return colors.yellow(text);
  return label.toUpperCase() === label ? colors.red(text) : colors.dim(text);
}
