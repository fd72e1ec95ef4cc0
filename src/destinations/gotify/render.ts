import type { Message } from '../../model/destination.ts';
import { pushText } from '../push-text.ts';

/** https://gotify.net/docs/pushmsg. Without `client::display` all of it is plain text. */
export interface GotifyMessage {
  readonly title: string;
  readonly message: string;
  readonly priority: number;
  /** https://gotify.net/docs/msgextras#clientnotification: what a tap opens. */
  readonly extras?: { readonly 'client::notification': { readonly click: { readonly url: string } } };
}

/** `priority`: of every message; undefined: by what it says. */
export function render(message: Message, priority: number | undefined): GotifyMessage {
  const { title, body, url, isUrgent } = pushText(message);
  return {
    title,
    message: body,
    priority: priority ?? (isUrgent ? 8 : 5),
    ...(url !== null && { extras: { 'client::notification': { click: { url } } } }),
  };
}
