import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedEvent } from '../../../tests/golden/tell.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise.ts';
import type { SenderName } from './senders/names.ts';

function told(sender: SenderName, type: string, data: object) {
  const found = normalise(sender, storedEvent(type, { type, data }));
  assert.ok(found.kind === 'activity');
  return found.activity;
}

test('a domain that may send, or may not, is news; one that is looked at is not', () => {
  const of = (status: string) => told('resend', 'domain.updated', { name: 'acme.example', status });
  assert.equal(sentence(of('failed')), 'Domain could not be verified in Resend: acme.example');
  assert.deepEqual([of('verified').isMinor, of('pending').isMinor], [false, true]);
});

test('a subscription of Clerk’s is told as all are, with the day that it ends', () => {
  const data = { plan: { name: 'Pro' }, payer: { email: 'mona@example.com' }, period_end: Date.UTC(2026, 1, 1) };
  const trial = told('clerk', 'subscriptionItem.freeTrialEnding', data);
  assert.equal(sentence(trial), 'Trial ends soon in Clerk: Pro for mona@example.com');
  assert.deepEqual(trial.said.facts, ['trial ends Feb 1, 2026']);
  assert.deepEqual(told('clerk', 'subscriptionItem.canceled', data).said.facts, ['ends Feb 1, 2026']);
});

test('the plan that everybody has is no news, and one that somebody pays for is', () => {
  const of = (amount: number) => told('clerk', 'subscriptionItem.active', { plan: { name: 'Plan', amount } });
  assert.deepEqual([of(0).isMinor, of(2000).isMinor], [true, false]);
  assert.equal(told('clerk', 'subscription.created', {}).isMinor, true);
  assert.equal(sentence(told('clerk', 'subscription.past_due', {})), 'Subscription payment overdue in Clerk');
});

test('whoever signs up is named by what they signed up with', () => {
  const phone = { id: 'user_1', phone_numbers: [{ phone_number: '+15550100201' }] };
  assert.equal(sentence(told('clerk', 'user.created', phone)), '+15550100201 signed up in Clerk');
});
