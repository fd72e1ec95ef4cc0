import { prettyFactory } from 'pino-pretty';

/** A log line for people: time, level, message, then what else there is to know. */
export function prettyLog(color: boolean): (line: string) => string {
  return prettyFactory({
    colorize: color,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
  });
}
