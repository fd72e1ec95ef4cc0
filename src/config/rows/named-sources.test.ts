import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CATALOG } from '../../catalog.ts';
import { remarksOnNamedSources } from '../check/targets.ts';
import type { WrittenFile } from '../check/written.ts';
import { rowsOf } from './rows.ts';

test('a destination that names a source which is not there is told so, at the name', async () => {
  const given = (sources: unknown) => ({ type: 'forward', url: 'http://app.test', raw: true, sources });
  const destinations = [
    { name: 'one', given: given(['github', 'strpe']) },
    { name: 'two', given: given('githup') },
    { name: 'three', given: given(undefined) },
    { name: 'four', given: { type: 'console', sources: ['nobody'] } },
    { name: 'five', given: { type: 'slack', token: 'xoxb-1', answers: 'chat' } },
    { name: 'six', given: { type: 'slack', token: 'xoxb-1', answers: 'github' } },
    { name: 'seven', given: { type: 'slack', token: 'xoxb-1', answers: 'plain' } },
  ];
  const sources = [
    { name: 'chat', given: { provider: 'slack' } },
    { name: 'plain', given: {} },
  ];
  const remarks = remarksOnNamedSources(
    { destinations, sources } as unknown as WrittenFile,
    ['github', 'stripe', 'chat', 'plain'],
    await rowsOf(CATALOG),
  );
  assert.deepEqual(remarks, [
    { place: ['destinations', 'one', 'sources', 1], message: 'no source is named "strpe". Did you mean "stripe"?' },
    { place: ['destinations', 'two', 'sources'], message: 'no source is named "githup". Did you mean "github"?' },
    {
      place: ['destinations', 'six', 'answers'],
      message: '"github" is a source of github: answers wants one of slack.',
    },
    {
      place: ['destinations', 'seven', 'answers'],
      message: '"plain" is a source of github: answers wants one of slack.',
    },
  ]);
});
