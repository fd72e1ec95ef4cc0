import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubHost } from './github-host.ts';

test('people look at GitHub where its API is, without the api. of github.com and of its data-resident hosts', () => {
  assert.equal(githubHost('https://api.github.com'), 'github.com');
  assert.equal(githubHost('https://api.octo.ghe.com'), 'octo.ghe.com');
  assert.equal(githubHost('https://github.example.org/api/v3'), 'github.example.org');
  assert.equal(githubHost('https://api.example.org/api/v3'), 'api.example.org');
});
