import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { colorsFor } from './cli/cli-io.ts';
import { foldFor } from './cli/fold.ts';
import { logLine } from './cli/log-line.ts';
import { hasTerminal, processIo } from './cli/process-io.ts';
import { runCli } from './cli/run-cli.ts';
import { processEnv } from './config/read/process-env.ts';
import type { Surroundings } from './run/surroundings.ts';
import { patientStream } from './shared/log.ts';
import { redact } from './shared/secrets/redact.ts';

// A larger nursery: under load most of what is allocated dies with its request. 4 % more events a second, nothing at rest; but
// up to 150 MB more under a flood, which a small container does not have. It is given back afterwards: shared/memory/rest.ts.
if (process.constrainedMemory() > 1024 ** 3) setFlagsFromString('--max-semi-space-size=64');

// Node's own report of what nobody caught shows everything in it, to its last cause.
process.setUncaughtExceptionCaptureCallback((error) => {
  process.stderr.write(`${redact(inspect(error))}\n`, () => process.exit(1));
});

// The only file that knows the process: arguments, streams, signals and the exit code.
const env = processEnv();
const io = processIo(process, { noColor: Boolean(env['NO_COLOR']) });
const argv = process.argv.slice(2);
// Every user of the machine may read the list of processes.
if (redact(argv.join(' ')) !== argv.join(' ')) process.title = redact(`tidings ${argv.join(' ')}`);
const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string };
/** Where it is on the PATH (the image, a global install), `tidings` is enough; a checkout and a project have npx. */
const isOnPath = /(?<!node_modules\/\.bin)\/tidings$/.test(process.argv[1] ?? '');

const colors = colorsFor(io.stderr, io);
const shown = (json: string) => (io.stderr.isTTY ? foldFor(io.stderr, logLine(json, colors)) : json);

const surroundings: Surroundings = {
  env,
  cwd: process.cwd(),
  version,
  nodeVersion: process.versions.node,
  invocation: isOnPath ? 'tidings' : 'npx tidings',
  console: {
    async write(text) {
      await io.stdout.write(text);
      if (io.closed.aborted) throw new Error('nobody reads it any more');
    },
    color: io.stdout.isTTY && !io.noColor,
    get width() {
      return io.stdout.columns;
    },
  },
  onHangup: (listener) => void (hasTerminal(process) || process.on('SIGHUP', listener)),
  logStream: patientStream(async (json) => io.stderr.write(shown(json))),
};

// Not exitCode: after a forced stop something may still hang, and that must not keep the process.
process.exit(await runCli(argv, io, surroundings));
