import { InvalidArgumentError, Option } from 'commander';
import type { Context } from './context.ts';

export function json(): Option {
  return new Option('--json', 'JSON lines on stdout');
}

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function whole(what: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is not ${what}: a whole number from ${least} to ${most}.`);
  };
}

export function examples(context: Context, list: readonly (readonly [command: string, says: string])[]): string {
  const commands = list.map(([command, says]) => [`${context.invocation} ${command}`, says] as const);
  const width = Math.max(...commands.map(([command]) => command.length));
  return `Examples:\n${commands.map(([command, says]) => `  $ ${command.padEnd(width)}  ${says}`.trimEnd()).join('\n')}\n`;
}
