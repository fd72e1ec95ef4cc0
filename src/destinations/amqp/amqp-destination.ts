import type { Destination } from '../../model/destination.ts';
import type { Notification } from '../../model/notification.ts';
import { activityBody } from '../activity-body.ts';
import { oneByOne, only } from '../lanes.ts';
import { messageKey } from '../message-key.ts';
import { isRefusal, outcomeOf } from './answer.ts';
import { type Broker, type Outgoing, openBroker } from './broker.ts';
import type { AmqpSettings } from './settings.ts';
import { placeOf } from './shapes.ts';

export interface AmqpOptions {
  readonly name: string;
  readonly settings: AmqpSettings;
}

/**
 * A queue or an exchange that gets every activity as JSON, each confirmed.
 * @throws Error in words when the client is not installed
 */
export function amqpDestination({ name, settings }: AmqpOptions): Destination {
  const { url, concurrency, timeout_ms: timeoutMs } = settings;
  const place = placeOf(url.reveal());
  const broker: Broker = openBroker(url.reveal(), timeoutMs);
  let refusedBefore = false;
  return {
    // A consumer knows a repetition by its message id.
    ...oneByOne(name, 'amqp', concurrency),
    preview: async (message) => {
      const { shownCode } = await import('../../text/shown/blocks.ts');
      const { exchange, key } = outgoingOf(only(message), messageKey(name, message), settings);
      return shownCode(activityBody(only(message)), exchange === '' ? { queue: key } : { exchange, key });
    },
    send: async (message, { signal, departure }) => {
      const outgoing = outgoingOf(only(message), messageKey(name, message), settings);
      const { exchange, key } = outgoing;
      const timeout = AbortSignal.timeout(timeoutMs);
      const published = await broker.publish(outgoing, { signal: AbortSignal.any([signal, timeout]), departure });
      const isLate = timeout.aborted && !signal.aborted;
      const asked = { place, exchange, key, timeoutMs: isLate ? timeoutMs : null, refusedBefore };
      refusedBefore = isRefusal(published);
      return outcomeOf(published, asked);
    },
    [Symbol.asyncDispose]: broker.close,
  };
}

function outgoingOf(
  notification: Notification,
  id: string,
  { exchange, queue, routing_key: fixed }: AmqpSettings,
): Outgoing {
  const body = activityBody(notification);
  const { kind, source, repo } = body.data;
  return {
    exchange: queue === undefined ? (exchange ?? '') : '',
    key: queue ?? fixed ?? routingKey(`${source}.${kind}`),
    body: Buffer.from(JSON.stringify(body)),
    id,
    options: {
      persistent: true,
      contentType: 'application/json',
      appId: 'tidings',
      type: routingKey(kind),
      timestamp: Math.floor(Date.parse(body.timestamp) / 1000),
      headers: { kind, source, repo: repo?.fullName ?? '' },
    },
  };
}

/** Words between dots, none of which a binding takes for a pattern; at most 255 bytes. */
function routingKey(text: string): string {
  return text.replaceAll(/[^\w.-]/g, '_').slice(0, 255);
}
