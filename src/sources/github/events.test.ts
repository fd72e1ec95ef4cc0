import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { actionsOf, fateOf, whyNever } from '../../model/event-catalog.ts';
import { EVENTS, eventOf } from './events.ts';

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

test('no event without an action is minor: no rule could name it', () => {
  for (const [type, event] of Object.entries(EVENTS)) {
    const fate = fateOf(event, null);
    assert.ok(fate === undefined || fate === 'told' || whyNever(fate) !== null, type);
  }
});

test('what people write instead of an event or an action is none', () => {
  for (const [type, event] of Object.entries(EVENTS)) {
    for (const name of event.alsoCalled ?? []) assert.equal(eventOf(name), undefined, name);
    const actions = actionsOf(event) ?? [];
    for (const word of Object.keys(event.mistaken ?? {})) {
      assert.ok(!actions.includes(word) && word === word.toLowerCase(), `${type}.${word}`);
    }
  }
});
