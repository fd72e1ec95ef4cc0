import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addresses } from './addresses.ts';

const by = (username: unknown, email: unknown) => ({ name: 'x', username, email });

test('whose address is whose, as GitHub found it: nobody for what an author alone has written', () => {
  const commits = [
    { author: by('Mona', 'Mona@Acme.test'), committer: by('web-flow', 'noreply@github.com') },
    { author: by('mona', 'mona@acme.test'), committer: by('hubot', 'hubot@acme.test') },
    { author: by(undefined, 'boss@acme.test'), committer: by('', 'boss@acme.test') },
    {
      author: by('mona', '1+mona@users.noreply.github.com'),
      committer: by('mona', 'mona@users.noreply.ghe.acme.test'),
    },
    { author: by('odd', 'no address'), committer: by('odd', `${'x'.repeat(300)}@acme.test`) },
  ];
  assert.deepEqual(addresses('push', { commits }), [
    { login: 'mona', email: 'mona@acme.test' },
    { login: 'hubot', email: 'hubot@acme.test' },
  ]);
});

test('nothing is said by other events, nor by what is no push', () => {
  const commits = [{ author: by('mona', 'mona@acme.test') }];
  assert.deepEqual(addresses('pull_request', { commits }), []);
  for (const odd of [null, 'x', [], {}, { commits: {} }, { commits: [null, 7, 'x', { author: 'x' }] }])
    assert.deepEqual(addresses('push', odd), []);
});
