import type * as Amqplib from 'amqplib';
import { loadPackages } from '../optional-packages.ts';

/**
 * https://amqp-node.github.io/amqplib/
 * @throws Error in words when it is not there
 */
export function loadClient(folders?: string[]): typeof Amqplib {
  const [client] = loadPackages('RabbitMQ', ['amqplib'], folders);
  return client as typeof Amqplib;
}
