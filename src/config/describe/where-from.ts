import type { Config } from '../config.ts';
import type { Note } from './print-config.ts';

/** Where rules have from what they do not say alone, at its place in the printed configuration: `from defaults`. */
export function whereFrom({ rules }: Pick<Config, 'rules'>): readonly Note[] {
  return rules.flatMap(({ from }, index) =>
    Object.entries(from).map(([key, where]) => ({ place: ['rules', index, key], text: `from ${where}` })),
  );
}
