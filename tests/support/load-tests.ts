import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

/**
 * Loads files of tests into this process, in this order. One that cannot be loaded is a test that fails, and takes no other file
 * with it: the runner says of an error beside its tests no more than that there was one.
 */
export async function loadTests(paths: readonly string[]): Promise<void> {
  const broken: [path: string, error: unknown][] = [];
  for (const path of paths) {
    try {
      await import(pathToFileURL(path).href);
    } catch (error) {
      broken.push([path, error]);
    }
  }
  test(`all ${paths.length} files of tests are loaded`, () => {
    assert.ok(paths.length > 0);
    const [first] = broken;
    if (first !== undefined) throw new Error(broken.map(([path]) => path).join(', '), { cause: first[1] });
  });
}
