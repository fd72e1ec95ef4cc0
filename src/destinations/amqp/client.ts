import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Amqplib from 'amqplib';

const PACKAGE = 'amqplib';

/**
 * What people install where they need it: https://amqp-node.github.io/amqplib/
 * @throws Error in words when it is not there
 */
export function loadClient(cwd = process.cwd()): typeof Amqplib {
  // Where Tidings is run, then where it is installed.
  for (const from of [join(cwd, 'package.json'), import.meta.url]) {
    try {
      return createRequire(from)(PACKAGE) as typeof Amqplib;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Error(`RabbitMQ's client is not installed. Type: npm install ${PACKAGE}`);
}
