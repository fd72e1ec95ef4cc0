import type { Context } from './context.ts';

/** What to type next, each command with what it does. Blanks stand outside the colour: a narrow terminal folds there. */
export function sayNext(
  { invocation, err, say }: Context,
  steps: readonly (readonly [command: string, says: string])[],
): void {
  const width = Math.max(...steps.map(([command]) => command.length));
  say('Next:');
  for (const [command, says] of steps) {
    say(`  ${err.cyan(`${invocation} ${command}`)}${' '.repeat(width - command.length)}  ${says}`);
  }
}
