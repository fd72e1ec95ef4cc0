import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod/mini';
import { filterShape } from '../../src/config/schema/filter-schema.ts';
import { filterTexts } from '../../src/config/schema/filter-texts.ts';
import { FACETS, type FacetValue } from '../../src/model/facets.ts';
import { NOBODY } from '../../src/model/rule.ts';
import { facetFields } from '../../src/route/condition/condition-fields.ts';
import { GlobLists } from '../../src/route/glob-list.ts';
import { facetQuestions } from '../../src/route/on-questions.ts';
import { View } from '../../src/route/question.ts';
import { anActivity, content } from '../fixtures/activities.ts';

const REGION = {
  kind: 'word',
  words: ['eu', 'us'],
  isSaid: true,
  field: 'Where it runs.',
  filter: { key: 'region', noun: 'region', without: 'any', text: 'Where it runs: `eu`, `us`.' },
} as const;

const WITH_REGION = { ...FACETS, region: REGION };

/** What a normaliser says. */
const SAID: FacetValue<typeof REGION> = 'eu';

function asked(wanted: readonly string[], region: FacetValue<typeof REGION>) {
  const activity = anActivity();
  const facets = { ...activity.facets, region };
  const questions = facetQuestions({ region: wanted }, { directory: NOBODY, globs: new GlobLists() }, WITH_REGION);
  return questions.map((question) => question.ask(new View(content({ ...activity, facets }))));
}

test('a row more in the table is a filter of rules, with its question and what explain says of it', () => {
  assert.deepEqual(asked(['eu'], SAID), [{ check: 'on.region', wanted: 'eu', actual: 'eu', ok: true }]);
  assert.deepEqual(asked(['us', 'eu'], null), [
    { check: 'on.region', wanted: 'us, eu', actual: 'no region', ok: false },
  ]);
});

test('it is a key of tidings.yaml that takes its words and no others, and a field of `if:`', () => {
  const filter = z.strictObject(filterShape(WITH_REGION));
  assert.deepEqual(filter.safeParse({ region: 'eu', tags: 'v*' }).data, { region: ['eu'], tags: ['v*'] });
  assert.equal(filter.safeParse({ region: 'mars' }).success, false);
  assert.equal(facetFields(WITH_REGION)['region'], 'string');
});

test('a currency is written in any case, and is a code', () => {
  const filter = z.strictObject(filterShape(FACETS));
  assert.deepEqual(filter.safeParse({ currencies: 'eur', assignees: 'On call / *' }).success, true);
  for (const wrong of [{ currencies: '€' }, { assignees: '@mona' }, { environments: [] }]) {
    assert.equal(filter.safeParse(wrong).success, false, JSON.stringify(wrong));
  }
});

test('its texts are those of the reference', () => {
  assert.deepEqual(filterTexts(WITH_REGION)['region'], { without: 'any', text: REGION.filter.text });
  assert.deepEqual(Object.keys(filterTexts(FACETS)), [
    'branches',
    'tags',
    'paths',
    'labels',
    'authors',
    'teams',
    'assignees',
    'conclusion',
    'transition',
    'workflows',
    'severity',
    'environments',
    'currencies',
  ]);
});
