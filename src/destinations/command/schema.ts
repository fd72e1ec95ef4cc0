import { isAbsolute } from 'node:path';
import * as z from 'zod/mini';
import { EDITORS } from '../../config/parts/editors.ts';
import { filled, filledListOf, numberWithin } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { concurrencyKey } from '../common-keys.ts';

const EXAMPLE = 'as in [/usr/local/bin/page-me, --urgent]';

function commandProblem(command: readonly unknown[]): string | undefined {
  const [program] = command;
  if (typeof program !== 'string' || isAbsolute(program)) return undefined;
  if (/\s/.test(program)) return `needs a text for each argument, ${EXAMPLE}: no shell takes them apart.`;
  return /[/\\]/.test(program)
    ? `must begin with an absolute path, or with a name on PATH, ${EXAMPLE}: a service starts anywhere.`
    : undefined;
}

const command = filledListOf(filled)
  .check(
    z.refine((list) => commandProblem(list) === undefined, { error: ({ input }) => commandProblem(input as string[]) }),
  )
  .register(EDITORS, { shape: ({ items }) => ({ anyOf: [items, { type: 'array', items, minItems: 1 }] }) });

export const SCHEMA: Schema = {
  text: 'each activity as JSON on the standard input of a program.',
  keys: {
    command: {
      value: command,
      without: 'needed',
      text: 'The program, by an absolute path or a name on PATH, and its arguments, a text each. No shell reads them.',
      hint: `name the program and its arguments, ${EXAMPLE}.`,
    },
    concurrency: concurrencyKey('programs', 'Programs at once, up to 64. With more than 1, the order is lost.'),
    timeout_ms: {
      value: z._default(numberWithin(100, 120_000, ' milliseconds', 'whole'), 30_000),
      without: '`30000`',
      text: 'How long one may take, in milliseconds: 100 to 120000. Then it is killed, with all that it started.',
    },
  },
};
