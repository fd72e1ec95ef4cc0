import assert from 'node:assert/strict';
import type { CardContent, Outcome, Receipt, Shown } from '../../src/model/destination.ts';
import { knownOf } from '../fixtures/known.ts';
import type { DestinationUnderTest } from './destination-under-test.ts';
import { HOSTILE, LONG } from './hostile-activity.ts';

const THREAD = 'acme/api#12';

/** Every promise that CardRack's doc makes; of what shows no cards, that it says so. */
export async function showsCards(
  { destination: { cards, hasCards }, shown, violations, harm }: DestinationUnderTest,
  keep: (outcome: Outcome) => Outcome,
): Promise<void> {
  assert.equal(cards === undefined, hasCards === undefined);
  if (cards === undefined) return;
  const show = async (title: string, receipt: Receipt | null, posts = 1): Promise<Shown> => {
    const view = { ...content(title), receipt, posts };
    assert.ok(cards.hash(view).length <= 100);
    assert.equal(cards.hash(view), cards.hash({ ...content(title) }));
    const outcome = await cards.show(view, { signal: new AbortController().signal });
    if (outcome.kind !== 'gone') keep(outcome);
    return outcome;
  };
  const first = await show('Uploads fail', null);
  assert(first.kind === 'sent' && first.receipt !== undefined);
  for (const text of [...HOSTILE, ...LONG]) assert.equal((await show(text, first.receipt)).kind, 'sent', text);
  assert.equal(shown().length, 1);
  const odd = [{}, ...['', '?', 7, '1\n2'].map((value) => ({ ...first.receipt, ts: value, channel: value }))];
  for (const receipt of odd) assert.equal((await show('Uploads fail', receipt)).kind, 'gone');
  assert.equal((await show('Uploads fail', null, 2)).kind, 'sent');
  assert.equal(shown().length, 2);
  assert.deepEqual([violations(), harm()], [[], []]);
}

function content(title: string): CardContent {
  const values = { title, state: 'open', author: title, latest: title, base: title, labels: [title], url: title };
  return {
    thread: THREAD,
    subject: knownOf(THREAD, { ...values, [`review:${title}`]: 'approved' }),
    checks: knownOf('acme/api@f00d', { [`check:${title}`]: 'failed' }),
  };
}
