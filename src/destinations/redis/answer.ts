import type { Outcome } from '../../model/destination.ts';
import { quoted } from '../../text/plain.ts';
import type { Added, Failed } from './stream.ts';

export interface Asked {
  /** For people: no name, no password. */
  readonly place: string;
  readonly stream: string;
  /** After which it was given up, if it was. */
  readonly timeoutMs: number | null;
}

type Unsent = Exclude<Outcome, { readonly kind: 'sent' }>;

/** Of Redis's error codes (https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors) those that somebody has to mend. */
const ADVICE: Readonly<Record<string, string>> = {
  WRONGTYPE: 'name another stream, or move what is at that key',
  NOPERM: 'let this user run EVAL, XADD, GET and SET there (ACL SETUSER)',
  NOAUTH: 'set the user and password in url',
  WRONGPASS: 'set the user and password in url right',
  MOVED: 'set the node that it names in url; Tidings follows no cluster',
};

/** What it says in other words, always behind `ERR`. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/invalid (?:username|password)|called without any password/i, 'set the user and password in url right'],
  [/DB index is out of range|SELECT is not allowed/i, 'correct the number of the database in url'],
  [/unknown (?:redis )?command/i, 'streams need Redis 5 or newer'],
];

const TOO_LARGE = /max(?:imum)? (?:allowed|request) size|exceeds maximum/i;

export function outcomeOf(added: Added, asked: Asked): Outcome {
  const { stream } = asked;
  if (added.kind === 'forbidden') return { kind: 'retry', reason: 'another process tells it' };
  if (added.kind === 'failed') return impossible(added, asked);
  const at = `${stream} ${added.at}`;
  return { kind: 'sent', answer: added.wasThere ? `${at}, was there already` : at };
}

/** Also of what was only looked for. */
export function impossible({ error, hasLeft }: Failed, { place, timeoutMs }: Asked): Unsent {
  const message = error instanceof Error ? error.message : String(error);
  const said = quoted(message, 160);
  const code = codeOf(error, message);
  if (code === null) {
    const why = timeoutMs === null ? said.replace(/\.$/, '') : `no answer within ${timeoutMs / 1000} s`;
    if (hasLeft) return { kind: 'unknown', reason: `${place} may have it: ${why}` };
    return { kind: 'retry', reason: `${place} cannot be reached: ${why}` };
  }
  const advice = ADVICE[code] ?? (code === 'ERR' ? SAID.find(([words]) => words.test(message))?.[1] : undefined);
  if (advice !== undefined) return { kind: 'broken', reason: `${place} refuses it: ${said}; ${advice}` };
  if (TOO_LARGE.test(message))
    return { kind: 'rejected', reason: `${place} refuses it: ${said}; raise that limit, then replay` };
  // OOM, LOADING, READONLY, MASTERDOWN, CLUSTERDOWN, …: seldom is it the entry that Redis does not like.
  return { kind: 'retry', reason: `${place} did not take it: ${said}` };
}

/** Null: Redis has answered nothing. Before Redis 7 a script's errors stand behind where they happened. */
function codeOf(error: unknown, message: string): string | null {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return null;
  const [, within] = /@user_script:\s?\d+: -?([A-Z]{3,}) /.exec(message) ?? [];
  return within ?? /^([A-Z]+)\b/.exec(message)?.[1] ?? 'ERR';
}
