import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as z from 'zod/mini';
import { CATALOG, CHANNELS, PROVIDERS } from '../../src/catalog.ts';
import { secret } from '../../src/config/parts/values.ts';
import type { Plugin, Schema } from '../../src/model/plugin/plugin.ts';

// What every row of the table has to hold, so that others may know nothing else of it.

const PROVIDER_ROWS = await Promise.all(
  Object.entries(PROVIDERS).map(async ([name, load]) => ({ name, plugin: (await load()).provider })),
);
const CHANNEL_ROWS = await Promise.all(
  Object.entries(CHANNELS).map(async ([name, load]) => ({ name, plugin: (await load()).channel })),
);

/** Whether what is read from the file ends as a Secret, which nobody prints. */
function becomesSecret(value: z.ZodMiniType): boolean {
  const def = value._zod.def as { readonly innerType?: z.ZodMiniType; readonly out?: z.ZodMiniType };
  if ((value as unknown) === secret) return true;
  return [def.innerType, def.out].some((inner) => inner !== undefined && becomesSecret(inner));
}

function checkRow(name: string, plugin: Plugin<unknown>): void {
  test('has a title, and a name that can be part of variables', () => {
    assert.ok(plugin.title.length > 0);
    assert.match(name, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  });

  test('marks as secret what becomes one, and nothing else', async () => {
    const { keys } = await plugin.schema();
    const marked = Object.keys(keys).filter((key) => keys[key]?.secret !== undefined);
    const secrets = Object.entries(keys).flatMap(([key, { value }]) => (becomesSecret(value) ? [key] : []));
    assert.deepEqual(marked, secrets);
  });

  test('leaves to everybody what is everybody’s', async () => {
    const common = ['type', 'provider', 'secrets', 'name'];
    assert.deepEqual(
      Object.keys((await plugin.schema()).keys).filter((key) => common.includes(key)),
      [],
    );
  });
}

/** `kept`: its `connect` may keep further ones, which tidings.yaml names. */
function checkVariables(name: string, { variables = {} }: Schema, asked: readonly string[], kept = false): void {
  const prefix = `${name.toUpperCase().replaceAll('-', '_')}_`;
  assert.deepEqual(
    [...asked, ...Object.keys(variables)].filter((variable) => !variable.startsWith(prefix)),
    [],
  );
  const described = Object.keys(variables).filter((variable) => !kept || asked.includes(variable));
  assert.deepEqual(asked.toSorted(), described.toSorted());
}

/** Reads nothing, and notes what it is asked for. */
function noting() {
  const asked = new Set<string>();
  const none = (variable: string) => {
    asked.add(variable);
    return null;
  };
  return { asked, variables: { text: none, address: none, base: none, token: none, tell: () => undefined } };
}

for (const { name, plugin } of PROVIDER_ROWS) {
  describe(`the provider ${name}`, () => {
    checkRow(name, plugin);

    test('reads variables that begin with its name, each described', async () => {
      const { asked, variables } = noting();
      plugin.fromEnv?.(variables);
      const { variable, instead } = plugin.secret;
      // What its own destination type describes is read by both.
      const ofBoth = Object.keys(
        (await CHANNEL_ROWS.find((row) => row.name === name)?.plugin.schema())?.variables ?? {},
      );
      const own = [...asked].filter((each) => !ofBoth.includes(each));
      checkVariables(name, await plugin.schema(), [variable, ...(instead ? [instead.variable] : []), ...own]);
    });
  });
}

for (const { name, plugin } of CHANNEL_ROWS) {
  describe(`the destination type ${name}`, () => {
    checkRow(name, plugin);

    test('reads variables that begin with its name, each described', async () => {
      const { asked, variables } = noting();
      plugin.fromEnv?.(variables);
      plugin.byDefault?.settings(variables);
      checkVariables(name, await plugin.schema(), [...asked], plugin.connect !== undefined);
      assert.ok(plugin.byDefault === undefined || asked.has(plugin.byDefault.variable));
    });

    test('says what it can do in a word or two, and what becomes of follow-ups where a key asks for it', async () => {
      const { schema, can, ways = {} } = plugin;
      for (const { thread = null, dedup = null } of [can, ...Object.values(ways)]) {
        for (const words of [thread, dedup]) if (words !== null) assert.match(words, /^\S.{1,23}$/);
      }
      const { keys } = await schema();
      const any = [can, ...Object.values(ways)].some(({ thread, edit }) => thread || edit);
      assert.equal('follow_ups' in keys || 'thread' in keys, any);
      const isPaced = 'per_second' in keys || 'per_minute' in keys;
      assert.ok(!isPaced || can.paceMs === undefined, 'a key says its pace already');
    });

    test('gives an example of each id that it takes for one', async () => {
      const { person, team } = await plugin.schema();
      for (const key of [person, team]) {
        if (key !== undefined) assert.match(key.example, new RegExp(key.pattern));
      }
    });
  });
}

test('what is there by default is in the table', () => {
  const { byDefault, proposed } = CATALOG;
  assert.ok(Object.hasOwn(PROVIDERS, byDefault.provider));
  assert.ok(Object.hasOwn(CHANNELS, byDefault.channel));
  const row = CHANNEL_ROWS.find(({ name }) => name === proposed.channel);
  assert.equal(row?.plugin.title, proposed.title);
});
