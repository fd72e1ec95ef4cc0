import type { Outcome } from '../../../model/destination.ts';
import type { OutboundResult } from '../../../shared/outbound.ts';
import { quoted } from '../../../text/plain.ts';
import { isPage, objectIn } from '../../answer-text.ts';
import { retryAfterMs } from '../../retry-after.ts';
import { type Foreign, TITLES } from './flavor.ts';

/** What breaks a lane: by status, and by what the answer says. */
interface Broken {
  readonly status?: number;
  readonly says?: RegExp;
  readonly reason: string;
}

const GONE = 'the webhook is gone or switched off';
const ANEW = 'make a new one and update webhook_url';

/** Said by each in its own way; not every 400 is about the message, nor is every 5xx transient. */
const BROKEN: Readonly<Record<Foreign, readonly Broken[]>> = {
  // https://github.com/mattermost/mattermost/blob/master/server/channels/app/webhook.go
  mattermost: [
    { status: 501, reason: 'incoming webhooks are switched off (501): System Console → Integrations → enable them' },
    { status: 400, says: /invalid webhook|incoming_webhook\.invalid/i, reason: `${GONE} (400): ${ANEW}` },
    {
      status: 403,
      reason:
        'the webhook may not post there (403): the channel is archived, or locked to another; change it, or the webhook',
    },
    { status: 404, reason: `the channel or the webhook is gone (404): ${ANEW}` },
    { status: 401, reason: `${GONE} (401): ${ANEW}` },
  ],
  rocketchat: [
    { status: 400, says: /integration|token/i, reason: `${GONE} (400): ${ANEW}` },
    { status: 401, reason: `${GONE} (401): ${ANEW}` },
    { status: 403, reason: `the integration may not post there (403): change it under Administration → Integrations` },
    { status: 404, reason: `${GONE} (404): ${ANEW}` },
  ],
  zulip: [
    {
      status: 400,
      says: /STREAM_DOES_NOT_EXIST|CHANNEL_DOES_NOT_EXIST/,
      reason: 'the channel does not exist (400): make it, or change ?stream= in webhook_url',
    },
    { status: 400, says: /INVALID_API_KEY/, reason: `the bot's key is wrong (400): copy its webhook address again` },
    { status: 401, reason: 'the key is wrong, or the bot was deactivated (401): copy its webhook address again' },
    { status: 403, reason: 'the bot may not post there (403): subscribe it to the channel' },
    { status: 404, reason: 'there is no Zulip at that address (404): check webhook_url' },
  ],
};

/** An integration that is switched off says 503, as does a server that is down: so many tries tell them apart. */
const TRIES_OF_503 = 10;

/** What the answer means; `now` is ms since 1970, `tries` are those before. */
export function outcomeAt(flavor: Foreign, result: OutboundResult, now: number, tries: number): Outcome {
  const title = TITLES[flavor];
  if (result.kind === 'unreachable') return { kind: 'retry', reason: `${title} cannot be reached: ${result.reason}` };
  if (result.kind === 'lost') return { kind: 'unknown', reason: `${title} may have it: ${result.reason}` };
  const { status, text } = result;
  const words = isPage(text) ? '' : quoted(saidIn(text), 120);
  const said = [status, words].filter(Boolean).join(' ');
  if (status >= 200 && status < 300 && isYes(text)) return { kind: 'sent', answer: said };
  const broken = BROKEN[flavor].find((one) => one.status === status && (one.says?.test(text) ?? true));
  if (flavor === 'rocketchat' && status === 503 && tries >= TRIES_OF_503) {
    return {
      kind: 'broken',
      reason: `the integration is switched off (503): Administration → Integrations → enable it`,
    };
  }
  // A page is a proxy's or a login's, whatever its status; 501 is no trouble that passes.
  if (broken !== undefined && !isPage(text)) return { kind: 'broken', reason: broken.reason };
  if (status === 429 || status === 408 || status === 425 || status >= 500) {
    const reason = status === 429 ? `${title} asks to slow down (${said})` : `${title} has a problem (${said})`;
    return { kind: 'retry', reason, retryAfterMs: waitMs(result, now) };
  }
  if (status >= 300 && status < 400) {
    return { kind: 'broken', reason: `the webhook redirects (${status}): set webhook_url to the final address` };
  }
  if (status < 300 || isPage(text))
    return { kind: 'retry', reason: `answered ${said}, not as ${title} does; check webhook_url` };
  return {
    kind: 'rejected',
    reason: `${title} refused the message (${said}); please report it with \`tidings events show\``,
  };
}

/** `ok` of Mattermost, `{"success":true}` of Rocket.Chat; of Zulip `{"result":"success"}`, of newer ones `{"ok":true}`. */
function isYes(text: string): boolean {
  const { ok, success, result } = objectIn(text) ?? {};
  return text.trim() === 'ok' || ok === true || success === true || result === 'success';
}

function saidIn(text: string): string {
  const { message, error, msg, result, success } = objectIn(text) ?? {};
  const said = [message, error, msg].find((each) => typeof each === 'string' && each !== '');
  if (typeof said === 'string') return said;
  return result === 'success' || success === true ? '' : text;
}

/** The longer of what the header and Zulip's body say. */
function waitMs({ headers, text }: Extract<OutboundResult, { kind: 'answered' }>, now: number): number | undefined {
  const inBody = objectIn(text)?.['retry-after'];
  const waits = [headers.get('retry-after'), typeof inBody === 'number' ? String(inBody) : null]
    .map((said) => retryAfterMs(said, now))
    .filter((ms) => ms !== undefined);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}
