import type { OutboundRequest } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';

export type ApiRequest = Pick<OutboundRequest, 'method' | 'url' | 'headers' | 'body'>;

/** A method of the Bot API: https://core.telegram.org/bots/api#making-requests. The token stands in the path. */
export function apiRequest(api: string, token: Secret, method: string, parameters: object): ApiRequest {
  return {
    method: 'POST',
    url: `${api}/bot${token.reveal()}/${method}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  };
}
