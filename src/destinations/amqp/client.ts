import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Amqplib from 'amqplib';

const PACKAGE = 'amqplib';

/**
 * What people install where Tidings is run, or beside it: https://amqp-node.github.io/amqplib/
 * @throws Error in words when it is not there
 */
export function loadClient(folders: readonly string[] = [process.cwd(), import.meta.dirname]): typeof Amqplib {
  for (const folder of folders) {
    try {
      return createRequire(join(folder, 'package.json'))(PACKAGE) as typeof Amqplib;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Error(`RabbitMQ's client is not installed. Type: npm install ${PACKAGE}`);
}
