import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANY, type Rule } from '../../../model/rule.ts';
import { defaultRules } from '../../../route/default-rules.ts';
import { provider } from '../provider.ts';
import { neededEvents } from './hook-events.ts';

const [CLASSICS] = defaultRules(['console'], [{ source: 'github', classics: provider.classics }]) as [Rule];

function about(...types: readonly string[]): Rule {
  return { ...CLASSICS, on: new Map(types.map((type) => [type, ANY])) };
}

test('the built-in rules need issues, pull requests and stars', () => {
  assert.deepEqual(neededEvents([CLASSICS], 'repository'), {
    events: ['issues', 'pull_request', 'star'],
    missing: [],
  });
});

test('every event that some rule names is there once; ping comes unasked', () => {
  const { events } = neededEvents([about('push', 'issues'), about('ping', 'push')], 'repository');
  assert.deepEqual(events, ['issues', 'push']);
});

test('an event that a rule names whole is of its type', () => {
  assert.deepEqual(neededEvents([about('pull_request.merged', 'push')], 'repository').events, ['pull_request', 'push']);
});

test('what only an organisation hears of is missing at a repository, and what only apps hear of at both', () => {
  const rules = [about('membership', 'installation', 'push')];
  assert.deepEqual(neededEvents(rules, 'repository'), {
    events: ['push'],
    missing: [
      { event: 'installation', instead: 'a GitHub App' },
      { event: 'membership', instead: "an organisation's webhook" },
    ],
  });
  assert.deepEqual(neededEvents(rules, 'organisation').events, ['membership', 'push']);
});

test('what another provider sends is not asked of GitHub', () => {
  const rules = [about('payment_intent', 'customer.subscription', 'push')];
  assert.deepEqual(neededEvents(rules, 'repository'), { events: ['push'], missing: [] });
});

test('a webhook must have an event, also where the rules need none that it gives', () => {
  assert.deepEqual(neededEvents([about('installation')], 'organisation').events, ['push']);
});

test('a rule about every event needs every event; what such a webhook cannot give is still missing', () => {
  assert.deepEqual(neededEvents([about('*', 'push'), about('membership')], 'repository'), {
    events: ['*'],
    missing: [{ event: 'membership', instead: "an organisation's webhook" }],
  });
});
