import type * as Jetstream from '@nats-io/jetstream';
import type * as Transport from '@nats-io/transport-node';
import { loadPackages } from '../optional-packages.ts';

export interface Client {
  readonly transport: typeof Transport;
  readonly jetstream: typeof Jetstream;
}

/**
 * https://nats-io.github.io/nats.js/
 * @throws Error in words when it is not there
 */
export function loadClient(folders?: string[]): Client {
  const [transport, jetstream] = loadPackages('NATS', ['@nats-io/transport-node', '@nats-io/jetstream'], folders);
  return { transport: transport as typeof Transport, jetstream: jetstream as typeof Jetstream };
}
