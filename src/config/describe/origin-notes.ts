import type { Config } from '../config.ts';
import type { Note } from './print-config.ts';

/** Where rules have from what they do not say alone, at its place in the printed configuration: `from defaults`. */
export function originNotes({ rules }: Pick<Config, 'rules'>): readonly Note[] {
  return rules.flatMap(({ origins }, index) =>
    Object.entries(origins).map(([key, origin]) => ({ place: ['rules', index, key], text: `from ${origin}` })),
  );
}
