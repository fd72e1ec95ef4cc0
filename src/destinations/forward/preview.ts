import type { StoredEvent } from '../../model/event.ts';
import type { Notification } from '../../model/notification.ts';
import type { ShownMessage } from '../../model/plugin/preview.ts';
import { headersOf } from './headers.ts';
import type { ForwardSettings } from './settings.ts';

/** Characters; of more nobody reads here. */
const LONGEST = 20_000;
/** What may open something: who reads the preview need not read that. */
const SECRET = /auth|token|secret|signature|cookie|api-?key|password/;

/** The request as the application gets it. Its proof is made when it is sent. */
export function shownForward(
  { signature }: Pick<ForwardSettings, 'signature'>,
  notification: Notification,
  stored: StoredEvent | null,
): ShownMessage {
  const nothing = { author: null, brief: null, color: null } as const;
  if (stored === null) {
    return {
      ...nothing,
      blocks: [{ kind: 'text', runs: [{ text: 'Its body is gone: there is nothing to forward.' }] }],
    };
  }
  const headers = Object.entries(headersOf(stored, notification, {})).map(
    ([name, value]) => `${name}: ${SECRET.test(name) ? '[secret]' : value}`,
  );
  if (signature !== 'none') headers.push('(and its signature, made when it is sent)');
  const body = new TextDecoder().decode(stored.body.subarray(0, LONGEST));
  return {
    ...nothing,
    blocks: [
      { kind: 'code', text: headers.join('\n') },
      { kind: 'code', text: body },
      ...(stored.body.length > LONGEST ? [small(`… and ${stored.body.length - LONGEST} bytes more`)] : []),
    ],
  };
}

function small(text: string) {
  return { kind: 'small', runs: [{ text }] } as const;
}
