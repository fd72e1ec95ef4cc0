import { createNarrator } from './narrator.ts';
import { openSandbox } from './sandbox.ts';
import { tell } from './story.ts';

// npm run demo            the whole story, paced for reading
// npm run demo -- --fast  without pauses
// Exit code 0 when nothing was lost, 1 when something was or could not be done, 2 for an unknown flag, 130 on Ctrl-C.

const flags = process.argv.slice(2);
const unknown = flags.find((flag) => flag !== '--fast');
if (unknown === undefined) await run();
else {
  console.error(`Error: there is no ${unknown}. The only flag is --fast (no pauses).`);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  using sandbox = openSandbox();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      sandbox[Symbol.dispose]();
      process.stdout.write('\nInterrupted. All is removed again.\n');
      process.exit(130);
    });
  }
  try {
    const lost = await tell(createNarrator(process.stdout, { isFast: flags.includes('--fast') }), sandbox);
    process.exitCode = lost.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`\nThe demo could not go on: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
