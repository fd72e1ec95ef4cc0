import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { CHANNELS } from '../../src/catalog.ts';
import { abilitiesConformance } from './abilities.ts';
import { destinationConformance } from './destination.ts';
import type { DestinationUnderTest } from './destination-under-test.ts';
import { previewConformance } from './preview.ts';

/** What a kind of destination brings for the suite, in a file named for its row. */
interface Adapter {
  /** By name: each way to be set up that sends differently. */
  readonly variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>>;
}

for (const [type, load] of Object.entries(CHANNELS)) {
  const file = new URL(`destinations/${type}.ts`, import.meta.url);
  if (!existsSync(file)) {
    test(`destination conformance: ${type}`, () => {
      throw new Error(
        `write tests/conformance/destinations/${type}.ts: a double that keeps its rules, and what becomes of a request`,
      );
    });
    continue;
  }
  const { variants } = (await import(file.href)) as Adapter;
  abilitiesConformance(type, (await load()).channel, variants);
  for (const [name, make] of Object.entries(variants)) {
    destinationConformance(name, make);
    previewConformance(name, make);
  }
}
