import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { createApp } from './app.ts';
import { patientStream } from './shared/log.ts';
import { processIo } from './surface/cli/process-io.ts';
import { runCli } from './surface/cli/run-cli.ts';
import { processEnv } from './surface/config/process-env.ts';

// A larger nursery: under load most of what is allocated dies with its request. 4 % more events a second, nothing at rest.
setFlagsFromString('--max-semi-space-size=64');

// The only file that knows the process: arguments, streams, signals and the exit code.
const env = processEnv();
const io = processIo(process, { noColor: Boolean(env['NO_COLOR']) });
const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string };
/** Where it is on the PATH (the image, a global install), `tidings` is enough; a checkout and a project have npx. */
const isOnPath = /(?<!node_modules\/\.bin)\/tidings$/.test(process.argv[1] ?? '');

const inWords = io.stderr.isTTY
  ? (await import('./surface/cli/pretty-log.ts')).prettyLog(!io.noColor)
  : (line: string) => line;

const app = createApp({
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
  logStream: patientStream((line) => io.stderr.write(inWords(line))),
});

// Not exitCode: after a forced stop something may still hang, and that must not keep the process.
process.exit(await runCli(process.argv.slice(2), io, app));
