import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { createApp } from './app.ts';
import { hasTerminal, processIo } from './surface/cli/process-io.ts';
import { runCli } from './surface/cli/run-cli.ts';
import { processEnv } from './surface/config/process-env.ts';

// A larger nursery: under load most of what is allocated dies with its request. 4 % more events a second, nothing at rest; but
// up to 150 MB more under a flood, which a small container does not have.
if (process.constrainedMemory() > 1024 ** 3) setFlagsFromString('--max-semi-space-size=64');

// The only file that knows the process: arguments, streams, signals and the exit code.
const env = processEnv();
const io = processIo(process, { noColor: Boolean(env['NO_COLOR']) });
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
  onHangup: (listener) => void (hasTerminal(process) || process.on('SIGHUP', listener)),
  logStream: process.stderr.isTTY ? (await import('./surface/cli/pretty-log.ts')).prettyLog(!io.noColor) : null,
});

// Not exitCode: after a forced stop something may still hang, and that must not keep the process.
process.exit(await runCli(process.argv.slice(2), io, app));
