import { type DestinationStream, type Logger, pino } from 'pino';
import { redact } from './redact.ts';

export type { Logger };

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Structured logs without secrets: JSON lines on stderr (file descriptor 2), or whatever stream the caller gives. */
export function createLog(level: LogLevel, stream: DestinationStream = pino.destination(2)): Logger {
  const timestamp = pino.stdTimeFunctions.isoTime;
  // On whole lines: what serializers, errors and their causes bring along is in them.
  return pino({ level, base: null, timestamp, hooks: { streamWrite: redact } }, stream);
}
