import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CATALOG } from '../../src/catalog.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Catalog } from '../../src/model/plugin/catalog.ts';
import { providersUnderTest } from '../golden/providers.ts';
import { dataDir } from '../support/data-dir.ts';

/** The table, and the names of its rows that were asked for. */
function watched(): { readonly catalog: Catalog; readonly asked: ReadonlySet<string> } {
  const asked = new Set<string>();
  const rows = Object.entries(CATALOG.providers).map(([name, load]) => [
    name,
    () => {
      asked.add(name);
      return load();
    },
  ]);
  return { catalog: { ...CATALOG, providers: Object.fromEntries(rows) }, asked };
}

for (const { name, provider, fixture } of await providersUnderTest()) {
  test(`of all providers ${name} alone is loaded where its secret alone is set, and the one by default`, async () => {
    await using dir = await dataDir();
    const { catalog, asked } = watched();
    const env = { DATA_DIR: dir.path, [provider.secret.variable]: fixture.secret };
    const { sources } = await loadConfig({ catalog, env, cwd: dir.path, readOnly: true });
    const wanted = new Set(['github', name]);
    assert.deepEqual([...asked].toSorted(), [...wanted].toSorted());
    assert.deepEqual(new Set(sources.map((source) => source.provider)), wanted);
  });
}
