import { parentPort, workerData } from 'node:worker_threads';
import { serve } from './serve.ts';
import type { ThreadOptions } from './thread-protocol.ts';

if (parentPort === null) throw new Error('this file runs as a worker thread');
await serve(parentPort, workerData as ThreadOptions);
