import type { OutboundResult } from '../../shared/outbound.ts';
import { quoted } from '../../text/plain.ts';
import { isPage } from '../answer-text.ts';

type Answered = Extract<OutboundResult, { kind: 'answered' }>;

/**
 * What answered although nothing of Slack's says so, in words: a login page, a proxy, an address that is not Slack's. Null:
 * it may well be a no of Slack's. By the text alone: Slack sends its plain words as text/html.
 */
export function foreignAnswer({ status, text }: Answered, setting: string): string | null {
  if (status >= 400 && !isPage(text)) return null;
  return `answered ${status} with ${isPage(text) ? 'an HTML page' : shown(text)}, not as Slack does; check ${setting}`;
}

function shown(text: string): string {
  const line = quoted(text, 60);
  return line === '' ? 'nothing' : `"${line}"`;
}
