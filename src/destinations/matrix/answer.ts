import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { objectIn } from '../answer-text.ts';
import { judgeCommon, saidIn } from '../judge.ts';
import { retryAfterMs } from '../retry-after.ts';

export interface MatrixAnswer {
  readonly outcome: Outcome;
  /** Empty where it is no JSON. */
  readonly data: Readonly<Record<string, unknown>>;
  /** `M_FORBIDDEN`; '' where there is none. */
  readonly errcode: string;
}

const TOKEN = 'log the bot in once more and set access_token';
const ACCOUNT = 'ask who runs the homeserver, then `tidings resume`';
const INVITE =
  'invite the bot, let it join (`tidings connect matrix` does) and raise its power level where the room wants one';

/** What holds until somebody mends it, by code: https://spec.matrix.org/latest/client-server-api/#common-error-codes */
const BROKEN: Readonly<Record<string, readonly [happened: string, advice: string]>> = {
  M_UNKNOWN_TOKEN: ['the access token was revoked', TOKEN],
  M_MISSING_TOKEN: ['the homeserver saw no access token', TOKEN],
  M_FORBIDDEN: ['the bot may not post in the room', INVITE],
  M_USER_LOCKED: ['the bot’s account is locked', ACCOUNT],
  M_USER_SUSPENDED: ['the bot’s account is suspended', ACCOUNT],
  M_USER_DEACTIVATED: ['the bot’s account was closed', 'make another and set access_token'],
  M_CONSENT_NOT_GIVEN: ['the bot has not agreed to the homeserver’s terms', 'log in as the bot and agree'],
  M_NOT_FOUND: ['there is no such room', 'check room_id'],
  M_UNRECOGNIZED: ['this is no homeserver’s API', 'check homeserver'],
};

/** By the code, whatever the status. `now`: ms since 1970. */
export function readAnswer(result: OutboundResult, now: number): MatrixAnswer {
  const data = (result.kind === 'answered' ? objectIn(result.text) : null) ?? {};
  const errcode = typeof data['errcode'] === 'string' ? data['errcode'] : '';
  return { outcome: judge(result, data, errcode, now), data, errcode };
}

function judge(result: OutboundResult, data: MatrixAnswer['data'], errcode: string, now: number): Outcome {
  const known = BROKEN[errcode];
  if (known === undefined || result.kind !== 'answered') {
    const common = judgeCommon(result, { title: 'The homeserver', key: 'homeserver', now }, waitMs(data, now));
    if (common !== null) return common;
  }
  if (result.kind !== 'answered') return { kind: 'retry', reason: 'The homeserver did not answer' };
  const { status } = result;
  const error = typeof data['error'] === 'string' ? data['error'] : '';
  const said = saidIn(result, errcode === '' ? undefined : `${errcode} ${error}`);
  if (known !== undefined) return { kind: 'broken', reason: `${known[0]} (${said}): ${known[1]}` };
  if (/^M_(?:RESOURCE_)?LIMIT_EXCEEDED$/.test(errcode)) {
    return { kind: 'retry', reason: `The homeserver asks to slow down (${said})`, retryAfterMs: waitMs(data, now) };
  }
  if (errcode === '' && Object.keys(data).length === 0) {
    if (status === 401 || status === 403 || status === 404) {
      return { kind: 'broken', reason: `no answer of a homeserver's (${said}): check homeserver` };
    }
    return { kind: 'retry', reason: `no answer of a homeserver's (${said}); check homeserver` };
  }
  if (status < 300 && errcode === '') return { kind: 'sent', answer: `${status} posted` };
  return {
    kind: 'rejected',
    reason: `the homeserver refused the message (${said}); please report it with \`tidings events show\``,
  };
}

/** Older servers say it in the body. */
function waitMs({ retry_after_ms: ms }: MatrixAnswer['data'], now: number): number | undefined {
  return typeof ms === 'number' ? retryAfterMs(String(ms / 1000), now) : undefined;
}
