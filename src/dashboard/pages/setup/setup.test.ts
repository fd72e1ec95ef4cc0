import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visited } from '../../../../tests/support/visited.ts';
import type { Setup } from '../../../http/api/answers/setup.ts';

const step = { commands: [{ command: 'npx tidings init', says: 'Writes a file.' }], fields: [], links: [] };
const SETUP: Setup = {
  steps: [
    { ...step, id: 'receive', title: 'Receive', done: true, says: 'Events arrive.' },
    {
      ...step,
      id: 'source',
      title: 'Connect GitHub',
      done: false,
      says: 'No webhook has called yet.',
      fields: [
        { name: 'Payload URL', value: 'https://ops.example.org/webhooks/github', is_secret: false },
        { name: 'Secret', value: 'kept in ./data/github-secret', is_secret: true },
      ],
      links: [{ title: 'bad', url: 'javascript:alert(1)' }],
    },
  ],
  sample: 'pull_request.opened',
  command: 'send pull_request.opened',
};

test('the next step is open, what is done folds away, and only what is to be pasted is copied', async () => {
  const html = await (await visited({ 'GET /setup': SETUP }).get('/setup')).text();
  assert.match(html, /1 of 2 steps is done\./);
  assert.equal(html.split('<details').length - 1, 1);
  assert.match(html, /<code>https:\/\/ops\.example\.org\/webhooks\/github<\/code>/);
  assert.doesNotMatch(html, /<code>kept in/);
  assert.doesNotMatch(html, /href="javascript/);
});

test('a sample leads to its event, or says why there is none yet', async () => {
  const sent = await visited({ 'POST /setup/sample': { event_id: 7, says: 'It arrived.' } }).post('/setup/sample');
  assert.deepEqual([sent.status, sent.headers.get('location')], [303, '/events/7']);
  const page = visited({ 'GET /setup': SETUP, 'POST /setup/sample': { event_id: null, says: 'Still under way.' } });
  const waiting = await page.post('/setup/sample');
  assert.match(await (await page.get(waiting.headers.get('location') ?? '')).text(), /Still under way\./);
});

test('whoever may only look sends none, and where nothing receives there is none', async () => {
  const viewer = await (await visited({ 'GET /setup': SETUP }, { role: 'viewer' }).get('/setup')).text();
  const nothing = await (await visited({ 'GET /setup': { ...SETUP, sample: null } }).get('/setup')).text();
  for (const html of [viewer, nothing]) assert.doesNotMatch(html, /Send a sample/);
});
