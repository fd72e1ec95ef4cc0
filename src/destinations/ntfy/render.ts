import type { Message } from '../../model/destination.ts';
import { pushText } from '../push-text.ts';

/** https://docs.ntfy.sh/publish/#publish-as-json. Without `markdown: true` all of it is plain text. */
export interface NtfyMessage {
  readonly topic: string;
  readonly title: string;
  /** At most 4,096 bytes: a longer one becomes a file. */
  readonly message: string;
  readonly priority: number;
  /** What a tap opens: http(s) only. */
  readonly click?: string;
}

/** `priority`: of every message; undefined: by what it says. */
export function render(message: Message, topic: string, priority: number | undefined): NtfyMessage {
  const { title, body, url, isUrgent } = pushText(message);
  return { topic, title, message: body, priority: priority ?? (isUrgent ? 4 : 3), ...(url !== null && { click: url }) };
}
