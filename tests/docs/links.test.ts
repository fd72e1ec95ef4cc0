import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { codeSpans, pages, prose, read, rootPath } from './documents.ts';

/** As GitHub makes them: without marks, blanks as hyphens. */
function anchors(text: string): ReadonlySet<string> {
  const headings = [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
}

for (const { path, text } of pages()) {
  test(`${path}: every link leads somewhere`, () => {
    const targets = [...prose(text).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)]
      .map(([, markdown, html]) => markdown ?? html ?? '')
      .filter((target) => !/^[a-z]+:/.test(target));
    const broken = targets.filter((target) => {
      const [file = '', anchor] = target.split('#');
      const aim = file === '' ? path : join(dirname(path), file);
      if (!existsSync(rootPath(aim))) return true;
      return anchor !== undefined && !anchors(read(aim)).has(anchor);
    });
    assert.deepEqual(broken, []);
  });

  test(`${path}: every file of ours that it names is there`, () => {
    const named = codeSpans(text).filter((span) =>
      /^(?:src|tests|scripts|bench|examples|deploy)\/[\w./-]+\.\w+$/.test(span),
    );
    // What an example makes.
    const missing = named.filter((file) => !file.startsWith('examples/data') && !existsSync(rootPath(file)));
    assert.deepEqual(missing, []);
  });
}

test('every page of docs can be reached from the table of contents', () => {
  const contents = read('docs/README.md');
  const unlisted = pages()
    .map(({ path }) => /^docs\/([^/]+)$/.exec(path)?.[1] ?? 'README.md')
    .filter((name) => name !== 'README.md' && !contents.includes(`(${name})`));
  assert.deepEqual(unlisted, []);
});
