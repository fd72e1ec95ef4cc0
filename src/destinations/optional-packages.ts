import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where people install what few need: where Tidings is run, or beside it. */
const FOLDERS = [process.cwd(), import.meta.dirname];

/**
 * All of them, from one folder: they share what they depend on.
 * @throws Error in words when one is not there
 */
export function loadPackages(title: string, names: readonly string[], folders = FOLDERS): readonly unknown[] {
  for (const folder of folders) {
    const load = createRequire(join(folder, 'package.json'));
    try {
      return names.map((name): unknown => load(name));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Error(`The client for ${title} is not installed. Type: npm install ${names.join(' ')}`);
}

/** For `doctor` and `connect`, before they ask anything. Null: all is there. */
export function whatIsMissing(load: () => unknown): string | null {
  try {
    load();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
