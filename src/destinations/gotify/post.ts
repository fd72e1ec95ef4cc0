import type { OutboundRequest } from '../../shared/outbound.ts';
import type { GotifyMessage } from './render.ts';
import type { GotifySettings } from './settings.ts';

/** https://gotify.net/api-docs#/message/createMessage: the token in a header, for in a query proxies would log it. */
export function post(
  { url, token }: Pick<GotifySettings, 'url' | 'token'>,
  message: GotifyMessage,
): Omit<OutboundRequest, 'timeoutMs'> {
  return {
    url: `${url}/message`,
    headers: { 'x-gotify-key': token.reveal(), 'content-type': 'application/json' },
    body: JSON.stringify(message),
  };
}
