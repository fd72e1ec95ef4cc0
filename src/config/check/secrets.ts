import type { ConfigFile } from '../read/config-file.ts';
import { mapping, valueAt } from '../read/plain-data.ts';
import { commaSeparated } from '../read/variables.ts';
import { textsAt } from './written.ts';

/** A variable that holds commas alone is no secret. */
export function checkSecrets(file: ConfigFile): void {
  for (const name of Object.keys(mapping(valueAt(file.data, ['sources'])))) {
    for (const { text, place } of textsAt(file, ['sources', name, 'secrets'])) {
      const variable = file.variableAt(place);
      if (variable === undefined || commaSeparated(text).length > 0) continue;
      file.report(place, `the environment variable ${variable} holds no secret.`);
    }
  }
}
