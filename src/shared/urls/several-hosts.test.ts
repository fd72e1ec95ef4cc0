import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneForEachHost } from './several-hosts.ts';

test('several hosts become an address each; user, password, database and options stay', () => {
  assert.deepEqual(oneForEachHost('postgres://u:p%40w@a:1,[::1]:2,c/db?sslmode=disable'), [
    'postgres://u:p%40w@a:1/db?sslmode=disable',
    'postgres://u:p%40w@[::1]:2/db?sslmode=disable',
    'postgres://u:p%40w@c/db?sslmode=disable',
  ]);
  assert.deepEqual(oneForEachHost('postgres://a,b'), ['postgres://a', 'postgres://b']);
});

test('a comma in a password, a path or an option parts nothing', () => {
  for (const text of ['postgres://u:p,w@a/db', 'https://a/x,y?b=1,2', 'a,b', 'postgres:///db?host=/var/run']) {
    assert.deepEqual(oneForEachHost(text), [text]);
  }
});
