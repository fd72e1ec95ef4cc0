import type { Activity } from './github-normaliser.ts';

// New: one message to one Slack channel, through an incoming webhook.

/** `later`: nothing is wrong with the message, so it waits; `refused`: it would be refused again tomorrow. */
export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later'; readonly reason: string; readonly waitMs: number | null }
  | { readonly kind: 'refused'; readonly reason: string };

/** Slack's three characters: with these, a title like `<!channel>` pings nobody and `<https://evil|docs>` is no link. */
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `text` is what the phone shows; the blocks are what the channel shows. A section takes 3,000 characters. */
export function render({ what, who, where, title, url }: Activity): { text: string; blocks: readonly object[] } {
  const shown = escape(title.slice(0, 500));
  const link = shown === '' ? '' : `\n<${url}|${shown}>`;
  return {
    text: `${escape(who)} ${what} in ${escape(where)}${shown === '' ? '' : `: ${shown}`}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${escape(who)}* ${what}${link}` } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: escape(where) }] },
    ],
  };
}

/** Never throws. Slack says "ok"; 429 says how long to wait; other 4xx are about the message or the address. */
export async function notify(webhookUrl: string, activity: Activity): Promise<Outcome> {
  try {
    const response = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...render(activity), unfurl_links: false }),
      signal: AbortSignal.timeout(10_000),
    });
    const said = (await response.text()).slice(0, 80);
    if (response.ok && said === 'ok') return { kind: 'sent' };
    const reason = `Slack answered ${response.status} ${said}`.trim();
    const seconds = Number(response.headers.get('retry-after'));
    if (response.status === 429) return { kind: 'later', reason, waitMs: seconds > 0 ? seconds * 1_000 : null };
    const isFinal = response.status >= 400 && response.status < 500;
    return isFinal ? { kind: 'refused', reason } : { kind: 'later', reason, waitMs: null };
  } catch (error) {
    // Not reachable, or no answer in time. Perhaps it was posted: better twice than never.
    return { kind: 'later', reason: error instanceof Error ? error.message : String(error), waitMs: null };
  }
}
