import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { actionsOf } from '../../model/event-catalog.ts';
import { eventOf } from './events.ts';

interface Example {
  readonly name: string;
  readonly examples: readonly { readonly action?: string }[];
}

test('every event and action of the recorded payloads is known', () => {
  const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Example[];
  assert.ok(examples.length > 50);
  for (const { name, examples: payloads } of examples) {
    const event = eventOf(name) ?? assert.fail(name);
    const known = actionsOf(event);
    for (const { action } of payloads) {
      if (action !== undefined && known) assert.ok(known.includes(action), `${name}.${action}`);
    }
  }
});
