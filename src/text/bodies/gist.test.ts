import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gist } from './gist.ts';

const TABLE = 'This PR contains the following updates:\n\n| Package | Change |\n|---|---|\n';
const SIGNED = '\n\nYou can trigger a rebase by commenting `@dependabot rebase`.';

test('what a person wrote stays as it is, whatever it quotes', () => {
  for (const body of [
    'Bumps the limit from 3 to 5, as Dependabot and Renovate do.',
    'This PR contains the following updates:\n\n- uploads are retried\n- the menu is sorted',
    '- [ ] Write the migration\n- [ ] Ask the support team',
    '## Why\n\nIt was slow.\n\n## How\n\nA cache.',
    "We wrote this by hand.\n\n## What's Changed\n* Retry by @mona in https://github.com/acme/api/pull/12",
    'Please describe retries in the docs.',
    'Adds mona as a contributor for code.\n\nThey wrote the parser.',
    "## Highlights\n\nUploads go on where they stopped.\n\n## What's Changed\n* Retry by @mona in https://github.com/acme/api/pull/12",
    '- [ ] Tests of retries\n- [ ] Docs of retries',
    '## Checklist\n- [ ] Migrate\n- [ ] Deploy',
    '## Tasks\n- [x] Tests\n- [ ] Docs',
    '# Breaking',
    '```sh\n# Summary\n- [ ] no task\n```',
  ]) {
    assert.equal(gist(body, 'mona'), body);
  }
});

test('where an update leads is said by its bot, not by what it quotes', () => {
  const body = [
    'Bumps [axios](https://github.com/axios/axios) from 1.0.0 to 1.0.1.',
    '<details>\n<summary>Changelog</summary>\n<li>See the [compare view](https://evil.test/)</li>\n</details>',
    '<li>See full diff in <a href="https://github.com/axios/axios/compare/v1.0.0...v1.0.1">compare view</a></li>',
  ].join('\n');
  assert.match(
    gist(body + SIGNED, 'dependabot[bot]') ?? '',
    /^axios \[1\.0\.0 → 1\.0\.1\]\(https:\/\/github\.com\/axios\/axios\/compare\/v1\.0\.0\.\.\.v1\.0\.1\)/,
  );
});

test('code is told as it is, in a template too', () => {
  const body = '<!-- why? -->\n## Why\n\n```md\n~~~\n- [ ] no task\n```';
  assert.equal(gist(body, null), body);
});

test("what stands below more lines than a template has is its author's", () => {
  const lines = 'x\n'.repeat(1_200);
  assert.equal(
    gist(`<!-- what? -->\n## Why\n\n${lines}## How\n\nPlease describe how.`, null)?.endsWith('describe how.'),
    true,
  );
  assert.equal(gist(`## Why\n<!-- why? -->\n## How\n${'\n'.repeat(1_200)}y`, null), 'y');
});

test('nothing is said by an empty body', () => {
  for (const body of [
    null,
    '',
    ' \n',
    '<!-- -->',
    '## What\n\n## Why\n\n## How\n',
    'Fixes # (issue)',
    '_No response_',
  ]) {
    assert.equal(gist(body, null), null, JSON.stringify(body));
  }
});

test('names, versions and addresses of a table format nothing and lie about nothing', () => {
  const row = (name: string, change: string) => gist(`${TABLE}| ${name} | ${change} |`, null);
  assert.equal(row('[*a*_b_](https://x.test)', '`1` -> `2`'), '[\\*a\\*\\_b\\_](https://x.test) 1 → 2 (major)');
  assert.equal(row('a', '[`1.0` -> `1.1`](javascript:alert)'), 'a 1.0 → 1.1');
  assert.equal(row('[github.example](https://evil.test)', '`1.0` -> `1.1`'), 'github.example 1.0 → 1.1');
  assert.equal(
    row('a', '`sha256:3f2a1bc0bf0ab00c1d7e2f3a4b5c6d7e8f901234` -> `sha256:9e70dd30bf0ab00c1d7e2f3a4b5c6d7e8f901234`'),
    'a `3f2a1bc` → `9e70dd3`',
  );
  assert.equal(row('a', '[`^1.0` -> `^1.1`](https://x.test)'), 'a [\\^1.0 → ^1.1](https://x.test)');
  assert.equal(row('&amp;lt; & &copy;', '`1.0` -> `1.1`'), '\\&lt; & © 1.0 → 1.1');
  assert.equal(row('# a', '`2025.1` -> `2026.1`'), '\\# a 2025.1 → 2026.1');
});

test('a major is one by its first number, years and 0.x are none', () => {
  const bump = (from: string, to: string) => gist(`Bumps a from ${from} to ${to}.${SIGNED}`, null);
  assert.equal(bump('v1.9', 'v2.0'), 'a v1.9 → v2.0 (major)');
  assert.equal(bump('0.9.0', '1.0.0'), 'a 0.9.0 → 1.0.0');
  assert.equal(bump('2025.1', '2026.1'), 'a 2025.1 → 2026.1');
  assert.equal(bump('2.0', '1.0'), 'a 2.0 → 1.0');
});

test('references of another project are none of this one', () => {
  const body = `Bumps [a](https://x.test/a) from 1.0 to 1.1.\n<details>\n<summary>Release notes</summary>\n<ul>\n<li>Mends what #12 broke (#13)</li>\n</ul>\n</details>${SIGNED}`;
  assert.equal(gist(body, null), '[a](https://x.test/a) 1.0 → 1.1\n- Mends what #\u200b12 broke');
});
