import type { CliIo, Output } from './cli-io.ts';

/**
 * The real process as `CliIo`. A reader that goes away (`| head`) counts as a stop: what is written later is dropped and
 * nothing throws EPIPE.
 */
export function processIo(process: NodeJS.Process, options: { readonly noColor: boolean }): CliIo {
  const stop = new AbortController();
  const force = new AbortController();
  const interrupt = () => (stop.signal.aborted ? force : stop).abort();
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    stdout: outputOf(process.stdout, () => stop.abort()),
    stderr: outputOf(process.stderr, () => {}),
    stop: stop.signal,
    force: force.signal,
    noColor: options.noColor,
  };
}

function outputOf(stream: NodeJS.WriteStream, closed: () => void): Output {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    open = false;
    closed();
  });
  return {
    write: (chunk) => {
      if (open) stream.write(chunk);
    },
    isTTY: stream.isTTY ?? false,
    get columns() {
      return stream.columns ?? 80;
    },
  };
}
