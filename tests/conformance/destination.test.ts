import { readdirSync } from 'node:fs';
import { type DestinationUnderTest, destinationConformance } from './destination.ts';

/** One file a kind of destination, named for it: what the suite needs of it. */
const FOLDER = new URL('destinations/', import.meta.url);

interface Adapter {
  /** By name: each way to be set up that sends differently. */
  readonly variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>>;
}

for (const file of readdirSync(FOLDER)) {
  const { variants } = (await import(new URL(file, FOLDER).href)) as Adapter;
  for (const [name, make] of Object.entries(variants)) destinationConformance(name, make);
}
