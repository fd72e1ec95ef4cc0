import type { Destination } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { natsDestination as createNats } from './nats-destination.ts';
import { addressProblem, SUBJECT, subjectProblem } from './shapes.ts';

export interface NatsOptions {
  readonly name: string;
  /** `nats://USER:PASSWORD@HOST`, `nats://TOKEN@HOST`, or `tls://…`; of a cluster several, with commas. */
  readonly url: string | Secret;
  /** Path of a credentials file, where the server asks for a JWT. */
  readonly creds?: string;
  /** Default `tidings.>`, where `>` stands for source and kind. */
  readonly subject?: string;
  /** Messages on their way at once. Default 1, which keeps their order. */
  readonly concurrency?: number;
  /** Default 10000. */
  readonly timeoutMs?: number;
}

/**
 * A JetStream stream. Needs `npm install @nats-io/transport-node @nats-io/jetstream`.
 * @throws Error when they are not installed, or a text cannot be what it should
 */
export function natsDestination(options: NatsOptions): Destination {
  const { name, creds, subject = SUBJECT, concurrency = 1, timeoutMs = 10_000 } = options;
  const url = Secret.of(options.url);
  const wrongUrl = addressProblem(url.reveal());
  if (wrongUrl !== undefined) throw new Error(`natsDestination: url ${wrongUrl}`);
  const wrongSubject = subjectProblem(subject);
  if (wrongSubject !== undefined) throw new Error(`natsDestination: subject ${wrongSubject}`);
  const settings = { url, subject, concurrency, timeout_ms: timeoutMs, ...(creds !== undefined && { creds }) };
  return createNats({ name, settings });
}
