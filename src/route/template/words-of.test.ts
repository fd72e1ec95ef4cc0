import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity, content } from '../../../tests/fixtures/activities.ts';
import type { Telling, Template, Worded } from '../../model/rule.ts';
import { compileTemplate } from './template.ts';
import { wordsOf } from './words-of.ts';

const ASKED = content(anActivity());

function telling(destination: string, template?: Template, by = 'rule orders'): Telling {
  const about = { destination, rule: 'orders', mentions: [], notBefore: null };
  return template === undefined ? about : { ...about, wording: { by, template } };
}

function template(word: () => Worded): Template {
  return { text: '', word };
}

function compiled(text: string): Template {
  const result = compileTemplate(text);
  assert.ok(result.ok);
  return result.template;
}

test('each template is asked once, whoever is told by it; one that fails leaves the activity as it is', () => {
  let asked = 0;
  const sold = template(() => ({ ok: true, words: `Sold, ${++asked}` }));
  const failing = template(() => ({ ok: false, why: 'no order' }));
  const tell = [telling('a', sold), telling('b'), telling('c', sold), telling('d', failing, 'source shop')];
  const { tellings, worded } = wordsOf(ASKED, tell, () => ({}));
  assert.deepEqual(
    tellings.map(({ activity }) => activity.said.sentence),
    ['Sold, 1', null, 'Sold, 1', null],
  );
  assert.deepEqual(worded, [
    { by: 'rule orders', to: ['a', 'c'] },
    { by: 'source shop', to: ['d'], why: 'no order' },
  ]);
  assert.equal(tellings[1]?.activity, ASKED.activity);
});

test('the payload is read once, and only where a template asks', () => {
  let read = 0;
  const payload = () => ({ id: ++read });
  assert.deepEqual(wordsOf(ASKED, [telling('a')], payload).worded, []);
  assert.equal(read, 0);
  const tell = [telling('a', compiled('{{ payload.id }}')), telling('b', compiled('No. {{ payload.id }}'))];
  const { tellings } = wordsOf(ASKED, tell, payload);
  assert.deepEqual(
    tellings.map(({ activity }) => activity.said.sentence),
    ['1', 'No. 1'],
  );
});

test('all templates together may cost so much, and then they fail, not the event', () => {
  const rows = Array.from({ length: 30_000 }, (_, id) => id);
  const dear = () => compiled('{{ payload.rows.all(a, a >= 0.0) }}');
  const tell = Array.from({ length: 40 }, (_, n) => telling(`t${n}`, dear()));
  const { worded } = wordsOf(ASKED, tell, () => ({ rows }));
  assert.equal(worded[0]?.why, undefined);
  assert.match(worded.at(-1)?.why ?? '', /it takes too long$/);
});
