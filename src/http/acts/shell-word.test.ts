import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { shellWord } from './shell-word.ts';

test('a shell takes any name for one word', () => {
  for (const name of ['team', "it's", 'a b', '$(id)', '`id`', 'a;b', '--all', '', 'ä\nb', '"', '*']) {
    // `printf` would take a leading dash for a flag of its own.
    const shown = execFileSync('sh', ['-c', `printf '%s|' x ${shellWord(name)}`], { encoding: 'utf8' });
    assert.equal(shown, `x|${name}|`);
  }
  assert.equal(shellWord('ops-team_1'), 'ops-team_1');
});
