import type { Outcome } from '../../model/destination.ts';
import { quoted } from '../../text/plain.ts';
import { nameOf, type Refused } from './client-error.ts';
import type { Failed, NotPossible, Published } from './server.ts';

export interface Asked {
  /** For people: no name, no password. */
  readonly place: string;
  /** As it was sent. */
  readonly subject: string;
  /** As it is set, perhaps with a `>`. */
  readonly subjects: string;
  readonly timeoutMs: number;
}

type Unsent = Exclude<Outcome, { readonly kind: 'sent' }>;

/** How to make a stream that knows a message again for as long as it is tried. */
export function streamAdd(subjects: string): string {
  return `nats stream add TIDINGS --subjects '${subjects}' --dupe-window 24h --defaults`;
}

export function outcomeOf(published: Published, asked: Asked): Outcome {
  const { place, subject, subjects } = asked;
  switch (published.kind) {
    case 'stored': {
      const { stream, seq, wasThere } = published;
      const at = `${quoted(stream, 80)} ${seq}`;
      return { kind: 'sent', answer: wasThere ? `${at}, was there already` : at };
    }
    case 'forbidden':
      return { kind: 'retry', reason: 'another process tells it' };
    case 'no leader':
      return { kind: 'retry', reason: `no stream takes ${subject} at ${place} for now, or it may not be asked for` };
    case 'no stream':
      return { kind: 'broken', reason: `no stream takes subject ${subject} at ${place}: ${streamAdd(subjects)}` };
    case 'too large': {
      const most = `${published.most} bytes`;
      return { kind: 'rejected', reason: `${place} takes ${most} at most: raise its max_payload, then replay` };
    }
    default:
      return impossible(published, asked);
  }
}

/** Also of what was only looked for. */
export function impossible(what: NotPossible, { place, timeoutMs }: Pick<Asked, 'place' | 'timeoutMs'>): Unsent {
  if (what.kind === 'refused') return refusal(what, place);
  if (what.kind === 'failed') return failure(what, place, timeoutMs);
  return { kind: 'broken', reason: `JetStream is off at ${place}: switch it on for this account` };
}

const TOO_LARGE: ReadonlySet<number> = new Set([10_049, 10_054]);
const SEALED = 10_109;

function refusal({ status, code, words }: Refused, place: string): Unsent {
  const said = `${quoted(words, 120)} (${code})`;
  if (code === SEALED) return { kind: 'broken', reason: `the stream at ${place} is sealed: ${said}; take another one` };
  if (TOO_LARGE.has(code))
    return { kind: 'rejected', reason: `the stream at ${place} refuses it: ${said}; raise its limit, then replay` };
  // A limit of a stream or an account, a leader that is away, too much at once.
  if (status >= 500 || status === 409 || status === 429 || code === 10_002)
    return { kind: 'retry', reason: `${place} did not take it: ${said}` };
  return { kind: 'rejected', reason: `${place} refuses it: ${said}; see what the stream takes` };
}

function failure({ error, hasLeft }: Failed, place: string, timeoutMs: number): Unsent {
  const message = error instanceof Error ? error.message : String(error);
  const said = quoted(message, 160);
  switch (nameOf(error)) {
    case 'AuthorizationError':
      // A server that is slow says so in the same way.
      if (/timeout/i.test(message)) break;
      return { kind: 'broken', reason: `${place} refuses it: ${said}; set the user, password or token in url right` };
    case 'UserAuthenticationExpiredError':
      return { kind: 'broken', reason: `${place} refuses it: ${said}; make new credentials` };
    case 'PermissionViolationError':
      return { kind: 'broken', reason: `${place} refuses it: ${said}; allow this user that` };
    case 'UnusableCreds':
      return { kind: 'broken', reason: `the file in creds cannot be used: ${said}; set its path right` };
    case 'TimeoutError': {
      const why = `no answer within ${timeoutMs / 1000} s`;
      return hasLeft
        ? { kind: 'unknown', reason: `${place} may have it: ${why}` }
        : { kind: 'retry', reason: `${place} cannot be reached: ${why}` };
    }
  }
  if (/authentication revoked/i.test(message))
    return { kind: 'broken', reason: `${place} refuses it: ${said}; make new credentials` };
  if (message.includes("server does not support 'tls'"))
    return { kind: 'broken', reason: `${place} speaks no TLS: write nats:// in url, or switch it on there` };
  if (hasLeft) return { kind: 'unknown', reason: `${place} may have it: ${said}` };
  return { kind: 'retry', reason: `${place} cannot be reached: ${said}` };
}
