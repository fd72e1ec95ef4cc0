import type { WebhookAnswer } from './webhook-answer.ts';

type Refused = Extract<WebhookAnswer, { kind: 'refused' }>;

const NEW_WEBHOOK =
  'make a new one (channel → Edit Channel → Integrations → Webhooks → New Webhook → Copy Webhook URL) and update webhook_url';
const REPORT = 'please report it with `tidings events show`';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json: what happened, and what to do. */
const REFUSALS: Readonly<Record<number, string>> = {
  10003: `the channel or thread is gone (10003): check thread_id; or ${NEW_WEBHOOK}`,
  10015: `the webhook was deleted (10015): ${NEW_WEBHOOK}`,
  40005: `the message was too large for Discord (40005); ${REPORT}`,
  50006: `the message was empty (50006); ${REPORT}`,
  50027: `the webhook URL is wrong, or its token was renewed (50027): copy it again, or ${NEW_WEBHOOK}`,
  50083: 'the thread is archived (50083): open it again, or set another thread_id',
  160005: 'the thread is locked (160005): unlock it, or set another thread_id',
  200000: 'AutoMod blocks the text (200000): allow it in the server’s AutoMod settings, then replay',
  200001: 'AutoMod blocks the title (200001): allow it in the server’s AutoMod settings, then replay',
  220001: 'the channel is a forum (220001): set follow_ups: thread, or thread_id to the post to write into',
  220003:
    'the channel is no forum, where alone a webhook can open threads (220003): set follow_ups to post or edit, and no thread: true',
  220004: 'this kind of webhook cannot post to a forum (220004): make one in another channel',
  240000: 'Discord takes a link in the message for a harmful one (240000)',
};

/** Of the webhook, and of where it posts: all other messages would be refused as well. */
const BREAKDOWNS = new Set([10003, 10015, 50027, 50083, 160005, 220001, 220003, 220004]);

/** Whoever goes on asking a webhook that is gone is shut out of Discord, with everybody at the same address. */
export function isBreakdown({ status, code }: Refused): boolean {
  return BREAKDOWNS.has(code) || status === 401 || (status >= 300 && status < 400);
}

export function refusalWords({ status, code, detail }: Refused): string {
  const known = REFUSALS[code];
  if (known !== undefined) return known;
  if (code === 50035) return `Discord refused the layout of the message (${detail}); ${REPORT}`;
  if (status === 401) return `Discord does not know this webhook (${detail}): ${NEW_WEBHOOK}`;
  if (status >= 300 && status < 400) return `the webhook redirects (${detail}): set webhook_url to the final address`;
  return `Discord refused the message (${detail}); check webhook_url`;
}
