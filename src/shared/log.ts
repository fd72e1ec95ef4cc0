import { type DestinationStream, type Logger, pino } from 'pino';
import { systemClock } from './clock.ts';
import { redact } from './secrets/redact.ts';

export type { Logger };

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Structured logs without secrets: JSON lines on stderr (file descriptor 2), or whatever stream the caller gives. */
export function createLog(level: LogLevel, stream: DestinationStream = standardError()): Logger {
  const timestamp = pino.stdTimeFunctions.isoTime;
  // On whole lines: what serializers, errors and their causes bring along is in them.
  return pino({ level, base: null, timestamp, hooks: { streamWrite: redact } }, stream);
}

/** Bytes of lines that may wait. A line has about 300. */
const MAX_WAITING = 1024 * 1024;

/** A log that cannot be written (the disk is full) is no reason to end somebody's program. */
function standardError(): DestinationStream {
  return pino.destination({ dest: 2, maxLength: MAX_WAITING }).on('error', () => {});
}

/**
 * A log whose reader may be slow, stop or go, and whose disk may be full: logging never waits, never ends the program, and
 * keeps at most 1 MiB of lines in memory. What is lost is counted, and said as soon as lines are taken again.
 */
export function patientStream(write: (line: string) => Promise<void>): DestinationStream {
  let waiting = 0;
  let lost = 0;

  function put(line: string, lines: number): void {
    waiting += line.length;
    const taken = () => void (waiting -= line.length);
    write(line).then(taken, () => {
      taken();
      lost += lines;
    });
  }

  return {
    write(line) {
      // Half empty before the next: else every second line would be about those that were lost.
      if (waiting + line.length > (lost === 0 ? MAX_WAITING : MAX_WAITING / 2)) {
        lost++;
        return;
      }
      const before = lost;
      lost = 0;
      if (before > 0) put(lossLine(before), before);
      put(line, 1);
    },
  };
}

function lossLine(count: number): string {
  const time = new Date(systemClock.now()).toISOString();
  const msg = `${count.toLocaleString('en-US')} log lines before this one were lost: they were not taken in time, or could not be written`;
  return `${JSON.stringify({ level: pino.levels.values['warn'], time, lost: count, msg })}\n`;
}
