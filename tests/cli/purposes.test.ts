import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Purpose } from '../../src/config/purpose.ts';
import { newWorld, run } from './test-app.ts';

/** docs/configuration.md has them as a table. */
const PURPOSES: readonly (readonly [argv: readonly string[], purpose: Purpose])[] = [
  [['start'], 'both'],
  [['doctor'], 'both'],
  [['receive'], 'receive'],
  [['listen', '--port', '0'], 'receive'],
  [['send', 'ping', '--dry-run'], 'receive'],
  [['github', 'connect', 'acme/api', '--check'], 'receive'],
  [['work'], 'work'],
  [['poll', 'acme/api', '--once'], 'work'],
  [['test'], 'test'],
  [['test', '--config', 'new.yaml'], 'test'],
  [['config'], 'read'],
  [['backtest', '--config', 'new.yaml'], 'read'],
  [['events'], 'read'],
  [['events', 'show', '42'], 'read'],
  [['explain', '42'], 'read'],
  [['explain', '42', '--activity'], 'read'],
  [['replay', '42'], 'read'],
  [['recover', 'acme/api'], 'read'],
];

for (const [argv, purpose] of PURPOSES) {
  test(`\`${argv.join(' ')}\` loads the configuration to ${purpose}`, async () => {
    const world = newWorld();
    await run(world, argv, { stop: AbortSignal.abort() });
    assert.deepEqual([...new Set(world.purposes)], [purpose]);
  });
}
