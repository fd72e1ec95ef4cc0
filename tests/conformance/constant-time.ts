import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { type TestContext, test } from 'node:test';
import type { Provider } from '../../src/model/plugin/provider.ts';
import type { SourceRequest } from '../../src/model/source.ts';
import { Secret } from '../../src/shared/secret.ts';
import { schemesOf } from './schemes.ts';
import type { SourceFixture } from './source-fixture.ts';
import { wrongBytes } from './wrong-bytes.ts';

/**
 * A wrong first letter and a wrong last one take the same way: as many comparisons in constant time, of the same lengths. How long they
 * take is measured by `npm run bench -- --only signatures`.
 */
export function constantTime(name: string, provider: Provider<unknown>, fixture: SourceFixture): void {
  for (const scheme of schemesOf(fixture)) {
    const { title = '', secret, configured = secret, settings = {} } = scheme;
    test(`${name}${title}: where a signature is wrong, it is compared as a whole, and in constant time`, async (t) => {
      const source = await provider.source({ name, secrets: [new Secret(configured)], settings });
      const comparisons = watched(t);
      const { right, first, last } = wrongBytes(name, scheme);
      assert.equal((await source.receive(right)).kind, 'event');
      const wrong = async (request: SourceRequest) => {
        comparisons.length = 0;
        assert.deepEqual(await source.receive(request), { kind: 'refused', cause: 'mismatch' });
        return [...comparisons];
      };
      const ofFirst = await wrong(first);
      assert.ok(ofFirst.length > 0, 'nothing was compared in constant time');
      assert.deepEqual(await wrong(last), ofFirst);
    });
  }
}

/** What is compared until the test ends: by what, and how long it is. */
function watched(t: TestContext): string[] {
  const seen: string[] = [];
  const { timingSafeEqual, verify } = crypto;
  t.mock.method(crypto, 'timingSafeEqual', (a: Buffer, b: Buffer) => {
    seen.push(`timingSafeEqual ${a.length} ${b.length}`);
    return timingSafeEqual(a, b);
  });
  t.mock.method(crypto, 'verify', (...given: Parameters<typeof crypto.verify>) => {
    seen.push(`verify ${given[3].byteLength}`);
    return verify(...given);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.reset();
    syncBuiltinESMExports();
  });
  return seen;
}
