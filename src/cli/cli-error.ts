import type { ConnectError } from '../model/plugin/connect.ts';

/** What the exit code tells a script. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notFound: 3, unreachable: 4, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An end that a person can do something about: the message is all they see. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** Where connecting ended, as an exit code. */
export function connectExit({ reason }: ConnectError): ExitCode {
  return REASONS[reason];
}

const REASONS = {
  usage: EXIT.usage,
  failed: EXIT.failed,
  not_found: EXIT.notFound,
  unreachable: EXIT.unreachable,
  interrupted: EXIT.interrupted,
} as const satisfies Record<ConnectError['reason'], ExitCode>;

/** Node's listen errors in words; anything else speaks for itself. */
export function inWords(error: unknown, port: number): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const options = { cause: error };
  switch (code) {
    case 'EADDRINUSE':
      return new CliError(
        EXIT.failed,
        `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1}`,
        options,
      );
    case 'EACCES':
      return new CliError(
        EXIT.failed,
        `Not allowed to listen on port ${port}: ports below 1024 need privileges. Choose another: PORT=3000`,
        options,
      );
    case 'EADDRNOTAVAIL':
      return new CliError(
        EXIT.usage,
        'HOST is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.',
        options,
      );
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}
