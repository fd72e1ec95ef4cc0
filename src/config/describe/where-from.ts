import type { Config } from '../config.ts';
import type { Note } from './print-config.ts';

/** Where it came from what the file does not say alone, at its place in the printed configuration: `from defaults`, `default`. */
export function whereFrom({ rules, retentionFrom }: Pick<Config, 'rules' | 'retentionFrom'>): readonly Note[] {
  return [
    ...Object.entries(retentionFrom).map(([key, where]) => ({
      place: ['retention', key],
      text: where === 'default' ? where : `from ${where}`,
    })),
    ...rules.flatMap(({ from }, index) =>
      Object.entries(from).map(([key, where]) => ({ place: ['rules', index, key], text: `from ${where}` })),
    ),
  ];
}
