import { MAX_PAUSE_MS, type Outcome } from '../../../model/destination.ts';
import { quoted } from '../../../text/plain.ts';

/** Whether the bytes of the mail have begun to go. */
export interface Way {
  hasLeft: boolean;
}

/**
 * What became of one mail.
 *
 * taken        the server has it; `said` is its answer
 * refused      it will not be taken however often it is sent
 * shut         the server lets us send nothing until somebody changes something
 * later        the server cannot now
 * unreachable  nothing has left
 * lost         it may have been taken
 */
export type MailAnswer =
  | { readonly kind: 'taken'; readonly said: string }
  | { readonly kind: 'later'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly kind: 'refused' | 'shut' | 'unreachable' | 'lost'; readonly reason: string };

/** Of what was taken: `250 2.0.0 queued as 1A2B`. */
export function readAnswer(response: string): MailAnswer {
  return { kind: 'taken', said: quoted(response, 200) };
}

/** What nodemailer's errors say beside their words. Its `code` alone tells nothing: EENVELOPE is both 451 and 550. */
interface Failure extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/** Gmail's sending limit of a day, which is no verdict on the mail: https://support.google.com/a/answer/3221692 */
const SENT_TOO_MUCH = /^5\d\d[ -]5\.4\.5\b/;

/** The login is wanted, wrong, or too weak a way: https://www.rfc-editor.org/rfc/rfc4954#section-6 */
const LOGIN = new Set([530, 534, 535, 538]);

const GREETING = new Set(['CONN', 'EHLO', 'HELO']);

/** `limit`: why it was given up, if it was. */
export function readFailure(error: unknown, { hasLeft }: Way, limit: string | null): MailAnswer {
  const { code, responseCode = 0, response = '', command = '', message } = error as Failure;
  const said = quoted(response || message, 200);
  if (responseCode >= 400 && responseCode < 500)
    return { kind: 'later', reason: `the mail server asks to wait (${said})` };
  if (SENT_TOO_MUCH.test(response)) {
    const reason = `the mail server has taken as much as it does in a day (${said})`;
    return { kind: 'later', reason, retryAfterMs: MAX_PAUSE_MS };
  }
  if (LOGIN.has(responseCode) || code === 'EAUTH') return { kind: 'shut', reason: loginWords(said) };
  if (command === 'STARTTLS' || /STARTTLS/.test(message)) return { kind: 'unreachable', reason: tlsWords(said) };
  // Of the mail it knows nothing yet.
  if (responseCode >= 500 && !hasLeft && GREETING.has(command)) return { kind: 'shut', reason: greetingWords(said) };
  if (responseCode >= 500) return refusal(responseCode, command, said);
  if (limit !== null) {
    const stopped = limit === 'stopped' ? `stopped before ${hasLeft ? 'the answer came' : 'anything was sent'}` : null;
    return {
      kind: hasLeft ? 'lost' : 'unreachable',
      reason: stopped ?? `no ${hasLeft ? 'answer' : 'connection'} ${limit}`,
    };
  }
  if (hasLeft) return { kind: 'lost', reason: said };
  // Its own checks, before anything was asked.
  if (code === 'EENVELOPE' || code === 'EMESSAGE')
    return { kind: 'refused', reason: `the mail cannot be sent (${said}); check from and to` };
  return { kind: 'unreachable', reason: said };
}

function loginWords(said: string): string {
  return `the mail server does not let this user in (${said}): check user and password in smtp_url; Gmail, Microsoft 365 and others want an app password instead of the one that people type`;
}

function greetingWords(said: string): string {
  return `the mail server does not talk to this machine (${said}): ask who runs it, or send by another in smtp_url`;
}

function tlsWords(said: string): string {
  return `the server cannot encrypt (${said}): use smtps:// if it has a port of its own for that, usually 465, or set tls: none`;
}

function refusal(code: number, command: string, said: string): MailAnswer {
  if (command === 'RCPT TO') {
    return { kind: 'refused', reason: `the recipient was refused (${said}): check the address in to` };
  }
  if (command === 'MAIL FROM' && code !== 552) {
    return {
      kind: 'refused',
      reason: `the sender was refused (${said}): set from to an address that this user may send from`,
    };
  }
  return { kind: 'refused', reason: `the mail was refused (${said}); ask who runs the mail server, then replay` };
}

/** For one mail to one address. */
export function outcomeOf(answer: MailAnswer): Outcome {
  switch (answer.kind) {
    case 'taken':
      return { kind: 'sent', answer: answer.said };
    case 'refused':
      return { kind: 'rejected', reason: answer.reason };
    case 'shut':
      return { kind: 'broken', reason: answer.reason };
    case 'later':
      return { kind: 'retry', reason: answer.reason, retryAfterMs: answer.retryAfterMs };
    case 'unreachable':
      return { kind: 'retry', reason: `the mail server cannot be reached: ${answer.reason}` };
    case 'lost':
      return { kind: 'unknown', reason: `the mail server may have it: ${answer.reason}` };
  }
}
