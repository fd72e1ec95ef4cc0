import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { quoted } from '../../text/plain.ts';
import { objectIn } from '../answer-text.ts';
import { retryAfterMs } from '../retry-after.ts';
import { foreignAnswer } from './foreign-answer.ts';

/** Slack's refusals of one message, for people: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors */
const REFUSALS: Readonly<Record<string, string>> = {
  invalid_payload: 'Slack could not read the message (invalid_payload); please report it with `tidings events show`',
  invalid_blocks:
    'Slack refused the layout of the message (invalid_blocks); please report it with `tidings events show`',
  msg_blocks_too_long: 'the message was too long for Slack (msg_blocks_too_long); please report it',
  no_text: 'the message had no text (no_text); please report it with `tidings events show`',
};

/** And those of all messages, until somebody does something. */
const BREAKDOWNS: Readonly<Record<string, string>> = {
  action_prohibited:
    'a workspace administrator does not allow posting here (action_prohibited); ask them, or use another channel',
  posting_to_general_channel_denied:
    'only administrators may post to the general channel (posting_to_general_channel_denied); use another channel',
  channel_not_found:
    'the channel is gone or was made private (channel_not_found); create a webhook for another channel and update webhook_url',
  channel_is_archived:
    'the channel is archived (channel_is_archived); unarchive it, or create a webhook for another channel',
  no_service:
    'the webhook was removed or its app is disabled (no_service); create a new one at https://api.slack.com/apps and update webhook_url',
  no_service_id: 'the webhook URL is incomplete (no_service_id); copy it again from https://api.slack.com/apps',
  no_team:
    'the workspace is gone or the webhook URL is wrong (no_team); copy the URL again from https://api.slack.com/apps',
  team_disabled: 'the Slack workspace is disabled (team_disabled); nothing can be posted to it',
  invalid_token:
    'the webhook URL is wrong or was revoked (invalid_token); copy it again from https://api.slack.com/apps',
  user_not_found: 'the person this webhook posts to is gone (user_not_found); create a webhook for a channel',
};

/**
 * What Slack's answer means. Its yes: told. 429 and 5xx: the lane waits (`Retry-After` obeyed). A lost answer: nobody knows.
 * What is no answer of Slack's: the lane waits, too. A webhook or a channel that is gone, and a redirect: nothing can arrive. Everything
 * else is final for this message. Both with what to do.
 */
export function outcomeOf(result: OutboundResult, now: number): Outcome {
  if (result.kind === 'unreachable') return { kind: 'retry', reason: `Slack cannot be reached: ${result.reason}` };
  if (result.kind === 'lost') return { kind: 'unknown', reason: `Slack may have it: ${result.reason}` };
  const { status, headers } = result;
  const code = quoted(result.text, 80);
  const said = `${status}${code && ` ${code}`}`;
  if (status >= 200 && status < 300 && isYes(result.text)) return { kind: 'sent', answer: said };
  if (status === 429 || status === 408 || status >= 500) {
    const reason = status === 429 ? `Slack asks to slow down (${said})` : `Slack has a problem (${said})`;
    return { kind: 'retry', reason, retryAfterMs: retryAfterMs(headers.get('retry-after'), now) };
  }
  const breakdown = Object.hasOwn(BREAKDOWNS, code) ? BREAKDOWNS[code] : undefined;
  if (breakdown !== undefined) return { kind: 'broken', reason: breakdown };
  const known = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  if (known !== undefined) return { kind: 'rejected', reason: known };
  if (status >= 300 && status < 400)
    return { kind: 'broken', reason: `the webhook redirects (${said}): set webhook_url to the final address` };
  const foreign = foreignAnswer(result, 'webhook_url');
  if (foreign !== null) return { kind: 'retry', reason: foreign };
  if (status === 404 || status === 410)
    return { kind: 'broken', reason: `nothing is there (${said}); check webhook_url` };
  return { kind: 'rejected', reason: `Slack refused the message (${said}); check webhook_url` };
}

/**
 * The yes of an incoming webhook: `ok` of Slack, Mattermost and Discord; `{"success":true}` of Rocket.Chat; `{"ok":true}` of
 * Zulip, of an older one `{"result":"success"}`.
 */
function isYes(text: string): boolean {
  if (text.trim().toLowerCase() === 'ok') return true;
  const { ok, success, result } = objectIn(text) ?? {};
  return ok === true || success === true || (result === 'success' && ok === undefined);
}
