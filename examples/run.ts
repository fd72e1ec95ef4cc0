import { existsSync } from 'node:fs';

// npm run example                                        which ones there are
// npm run example minimal-receiver                       run one of them; Ctrl-C ends it
// npm run example polling-cost -- cli/cli --interval 10  npm hands on what stands behind --

/** In the order of learning. */
const names = [
  'polling-loop',
  'polling-cost',
  'minimal-receiver',
  'logging-receiver',
  'receiver-with-db',
  'worker',
  'receiver-with-hmac',
  'full-worker',
  'notifier',
];
const [name] = process.argv.splice(2, 1);

process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  const isTaken = error.code === 'EADDRINUSE';
  console.error(isTaken ? `${error.message}. Take another one: PORT=5001 npm run example ${name}` : error);
  process.exit(1);
});

// The same settings as `npx tidings` has, so that both know the same secret.
if (existsSync('.env')) process.loadEnvFile();

if (name !== undefined && names.includes(name)) {
  await import(`./${name}.ts`);
} else {
  console.error(`${name === undefined ? '' : `There is no example "${name}". `}npm run example <name>, one of:`);
  for (const each of names) console.error(`  ${each}`);
  process.exitCode = 2;
}
