import type { OutboundRequest } from '../../shared/outbound.ts';
import type { Meaning } from './meaning.ts';
import { originFor, type PagerdutySettings } from './settings.ts';

export type Account = Pick<PagerdutySettings, 'routing_key' | 'region' | 'url'>;

/** https://developer.pagerduty.com/docs/events-api-v2-overview: the key stands in the body. */
export function eventRequest(account: Account, meaning: Meaning, event: object): Omit<OutboundRequest, 'timeoutMs'> {
  return {
    url: `${originFor(account)}${meaning === 'change' ? '/v2/change/enqueue' : '/v2/enqueue'}`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ routing_key: account.routing_key.reveal(), ...event }),
  };
}
