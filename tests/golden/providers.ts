import { existsSync, readFileSync } from 'node:fs';
import { PROVIDERS } from '../../src/catalog.ts';
import type { Activity } from '../../src/model/activity.ts';
import { splitName } from '../../src/model/kind.ts';
import type { Catalog } from '../../src/model/plugin/catalog.ts';
import type { Provider } from '../../src/model/plugin/provider.ts';
import type { Samples } from '../../src/model/plugin/samples.ts';
import { NOW, type SourceFixture } from '../conformance/source-fixture.ts';
import { type GoldenPayload, goldenFiles } from './entry.ts';
import { withEventTable } from './event-table.ts';
import { withSetup } from './setup-list.ts';
import { storedEvent } from './tell.ts';

export interface ProviderUnderTest {
  readonly name: string;
  readonly provider: Provider<unknown>;
  readonly fixture: SourceFixture;
}

/** Every row of the table, with what tests/fixtures/sources/ knows of it. */
export async function providersUnderTest(): Promise<readonly ProviderUnderTest[]> {
  const rows: Catalog['providers'] = PROVIDERS;
  return Promise.all(
    Object.entries(rows).map(async ([name, load]) => {
      const [{ provider }, { FIXTURE }] = await Promise.all([
        load(),
        import(`../fixtures/sources/${name}.ts`) as Promise<{ readonly FIXTURE: SourceFixture }>,
      ]);
      return { name, provider, fixture: FIXTURE };
    }),
  );
}

export function sampled(samples: Samples | undefined): readonly GoldenPayload[] {
  if (samples === undefined) return [];
  return samples.names().flatMap((pair) => {
    const made = samples.make(pair, 0, NOW * 1000);
    return made === undefined ? [] : [{ type: splitName(pair).type, pair, sent: made.type, payload: made.payload }];
  });
}

/** docs/sources/<name>.md of every provider that has one, as it should be. */
export async function sourcePages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const { name, provider } of await providersUnderTest()) {
    const path = new URL(`../../docs/sources/${name}.md`, import.meta.url);
    if (!existsSync(path)) continue;
    const page = withEventTable(readFileSync(path, 'utf8'), (await provider.events?.()) ?? {});
    const setup = await provider.setup?.();
    pages.set(name, setup === undefined ? page : withSetup(page, name, setup));
  }
  return pages;
}

/** The first sample of each name, of every provider, as its source reads it. */
export async function allSamples(): Promise<readonly Activity[]> {
  const activities: Activity[] = [];
  for (const { name, provider } of await providersUnderTest()) {
    const source = await provider.source({ name, secrets: [], settings: {} });
    for (const { type, sent, payload } of sampled(await provider.samples?.())) {
      const read = await source.normalise({ ...storedEvent(sent ?? type, payload), source: name });
      if (read.kind === 'activity') activities.push(read.activity);
    }
  }
  return activities;
}

/** `stripe/charge.txt` → what it says, of all providers or of those named. */
export async function allGoldenFiles(only: readonly string[] = []): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const { name, provider, fixture } of await providersUnderTest()) {
    if (only.length > 0 && !only.includes(name)) continue;
    const source = await provider.source({ name, secrets: [], settings: {} });
    const payloads = fixture.payloads(sampled(await provider.samples?.()));
    for (const [file, text] of await goldenFiles(source, payloads)) files.set(`${name}/${file}`, text);
  }
  return files;
}
