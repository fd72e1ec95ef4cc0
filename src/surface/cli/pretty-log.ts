import pretty from 'pino-pretty';

/** Log lines for people, on stderr: time, level, message, then what else there is to know. */
export function prettyLog(color: boolean): NodeJS.WritableStream & { write(line: string): boolean } {
  return pretty({
    colorize: color,
    destination: 2,
    sync: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
  });
}
