import type { Destination } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { amqpDestination as createAmqp } from './amqp-destination.ts';
import { addressProblem, nameProblem } from './shapes.ts';

/** One of `queue` and `exchange`, which must be there. */
export interface AmqpOptions {
  readonly name: string;
  /** `amqp://USER:PASSWORD@HOST/VHOST`, or `amqps://…`; `%2F` for the vhost `/`. */
  readonly url: string | Secret;
  readonly queue?: string;
  readonly exchange?: string;
  /** With `exchange`, of every message. Default: source and kind, `github.issues.opened`. */
  readonly routingKey?: string;
  /** Messages on their way at once; more than 1 gives up order. Default 1. */
  readonly concurrency?: number;
  /** How long to wait for the broker to confirm. Default 10 s. */
  readonly timeoutMs?: number;
}

/**
 * A queue or an exchange of RabbitMQ that gets every activity as JSON, each confirmed. It needs `npm install amqplib`.
 * @throws Error when the address cannot be one, when it is not told where to, or without that package
 */
export function amqpDestination(options: AmqpOptions): Destination {
  const { name, queue, exchange, routingKey, concurrency = 1, timeoutMs = 10_000 } = options;
  const url = Secret.of(options.url);
  const problems = [
    ['url', addressProblem(url.reveal())],
    [
      'queue',
      (queue === undefined) === (exchange === undefined) ? 'or exchange must be named: one of the two.' : undefined,
    ],
    ...Object.entries({ queue, exchange, routingKey }).map(([key, text = '']) => [key, nameProblem(text)]),
  ];
  const [key, problem] = problems.find(([, each]) => each !== undefined) ?? [];
  if (problem !== undefined) throw new Error(`amqpDestination: ${key} ${problem}`);
  const to = queue === undefined ? { exchange: exchange ?? '' } : { queue };
  const fixed = routingKey === undefined ? {} : { routing_key: routingKey };
  return createAmqp({ name, settings: { url, ...to, ...fixed, concurrency, timeout_ms: timeoutMs } });
}
