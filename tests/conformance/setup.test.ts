import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandName } from '../../src/cli/commands/connect/source/command-name.ts';
import { providersUnderTest } from '../golden/providers.ts';
import { withSetup } from '../golden/setup-list.ts';
import { dataDir } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';

// How each provider says that it is set up: to who types `connect`, and on its page.

const ADDRESS = 'https://hooks.acme.dev';

for (const { name, provider, fixture } of await providersUnderTest()) {
  if (provider.connect !== undefined) continue;
  const { variable, from } = provider.secret;

  test(`${name}: connect says what to click and to set, keeps the secret and shows it nowhere`, async () => {
    await using dir = await dataDir();
    const setup = await provider.setup?.();
    assert.ok(setup, 'nobody wrote how it is set up');
    const argv = ['connect', commandName(name), '--url', ADDRESS, ...(from === 'chosen' ? ['--paste'] : [])];
    const { code, stderr, stdout } = await inProcess(argv, dir.path, {}, fixture.secret);
    assert.deepEqual([code, stdout], [0, ''], stderr);
    assert.ok(stderr.includes(`${ADDRESS}/webhooks/${name}`), stderr);
    assert.ok(stderr.includes(variable), stderr);
    assert.equal(stderr.match(/^ {2}\d+\. {2}\S/gm)?.length, setup.steps.length);
    assert.doesNotMatch(stderr, /\*\*|`|\{url\}|\{variable\}|undefined|YOUR\.HOST/);
    assert.ok(!stderr.includes(fixture.secret), 'it shows the secret');
    assert.ok(readFileSync(join(dir.path, '.env'), 'utf8').includes(`${variable}=`));
  });

  test(`${name}: what proves it is said`, () => {
    assert.match(
      provider.proof(fixture.settings ?? {}),
      /^(?:signature|token|password)\b.+ in [\w-]+$|^signature .*|^token .*/,
    );
  });

  test(`${name}: its page says the same`, async () => {
    const page = readFileSync(new URL(`../../docs/sources/${name}.md`, import.meta.url), 'utf8');
    assert.match(page, /<!-- generated: setup -->/);
    const setup = await provider.setup?.();
    assert.ok(setup);
    assert.equal(withSetup(page, name, setup), page, 'npm run golden');
  });
}
