import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { createApp } from './app.ts';
import { redact } from './shared/redact.ts';
import { processIo } from './surface/cli/process-io.ts';
import { runCli } from './surface/cli/run-cli.ts';
import { processEnv } from './surface/config/process-env.ts';

// A larger nursery: under load most of what is allocated dies with its request. 4 % more events a second, nothing at rest.
setFlagsFromString('--max-semi-space-size=64');

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
const isCheckout = import.meta.url.endsWith('.ts');

const app = createApp({
  env,
  cwd: process.cwd(),
  version,
  nodeVersion: process.versions.node,
  invocation: isCheckout ? 'npm run tidings --' : 'tidings',
  console: {
    write: (text) => io.stdout.write(text),
    color: io.stdout.isTTY && !io.noColor,
    get width() {
      return io.stdout.columns;
    },
  },
  logStream: process.stderr.isTTY ? (await import('./surface/cli/pretty-log.ts')).prettyLog(!io.noColor) : null,
});

// Not exitCode: after a forced stop something may still hang, and that must not keep the process.
process.exit(await runCli(argv, io, app));
