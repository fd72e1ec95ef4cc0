import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { axeFindings, open as openAt, stage, widthOver } from './stage.ts';

const CONFIG = {
  destinations: { team: { type: 'console' }, desk: { type: 'console' } },
  rules: [{ name: 'news', on: { issues: ['opened'] }, to: ['team'] }],
  tests: [{ name: 'an opened issue is told', event: 'issues.opened', expect: ['team'] }],
};

test('a maintainer edits a rule, checks it, runs its tests, backtests it, reads the difference and writes it', async (t) => {
  const { open, send, dir } = await stage(t, CONFIG);
  await send('issues.opened');
  const page = await open();
  await page.goto('/rules');
  await page.getByRole('cell', { name: 'issues.opened' }).waitFor();
  const editor = page.getByLabel('Text of tidings.yaml');
  const text = await editor.inputValue();
  const results = page.locator('#results');

  await editor.fill(text.replace('- opened', '- open'));
  await editor.press('Control+Enter');
  await results.getByText('This text cannot be used: 1 fault').waitFor();
  assert.equal(await page.locator('.gutter .fault').count(), 1);
  await results.getByRole('link', { name: /^Line \d+, column \d+$/ }).click();
  assert.equal(await page.evaluate('document.activeElement?.id'), 'text');

  const elsewhere = text.replace('- team\ntests', '- desk\ntests');
  await editor.fill(elsewhere);
  await page.getByRole('button', { name: 'Run tests' }).click();
  await results.getByText('The test failed').waitFor();
  await page.getByRole('button', { name: 'Backtest' }).click();
  const backtest = page.locator('#backtest');
  await backtest.getByText(/1 fewer, 1 more, 0 the same/).waitFor();
  await backtest.getByText('no longer told to team').waitFor();
  await backtest.getByText('told to desk by rule news').waitFor();
  assert.deepEqual(await axeFindings(page), []);

  const changed = elsewhere.replace('name: news', 'name: other news');
  await editor.fill(changed);
  await page.reload();
  await page.getByText('Your text is back: it is not written yet.').waitFor();
  assert.equal(await editor.inputValue(), changed);
  await page.getByRole('button', { name: 'Write' }).click();
  await page
    .locator('#results')
    .getByText(/^In force: 1 rule/)
    .waitFor();
  assert.equal(readFileSync(join(dir, 'tidings.yaml'), 'utf8'), changed);
  await page.goto('/rules');
  await page.getByRole('cell', { name: 'desk' }).waitFor();
  assert.equal(await page.getByText('Your text is back').count(), 0);
});

test('a file that changed under an open editor is not written over unseen', async (t) => {
  const { url, dir } = await stage(t, CONFIG);
  const path = join(dir, 'tidings.yaml');
  const page = await openAt(t, url, {}, [/412/]);
  await page.goto('/rules');
  const editor = page.getByLabel('Text of tidings.yaml');
  const text = await editor.inputValue();
  writeFileSync(path, `${text}# theirs\n`);
  await editor.fill(`${text}# mine\n`);
  await page.getByRole('button', { name: 'Write' }).click();
  await page.getByText('The file changed meanwhile, and nothing was written').waitFor();
  await page.locator('.diff .removed', { hasText: '# theirs' }).waitFor();
  assert.equal(await editor.inputValue(), `${text}# mine\n`);
  assert.equal(readFileSync(path, 'utf8'), `${text}# theirs\n`);
  await page.getByRole('button', { name: 'Write' }).click();
  await page
    .locator('#results')
    .getByText(/^In force: 1 rule/)
    .waitFor();
  assert.equal(readFileSync(path, 'utf8'), `${text}# mine\n`);
});

test('with the keyboard alone one can indent, and leave the editor', async (t) => {
  const { open } = await stage(t, CONFIG);
  const page = await open();
  await page.goto('/rules');
  const editor = page.getByLabel('Text of tidings.yaml');
  await editor.fill('a:\nb');
  await editor.press('Tab');
  assert.equal(await editor.inputValue(), 'a:\nb  ');
  await editor.press('Shift+Tab');
  await editor.press('Escape');
  await editor.press('Tab');
  assert.notEqual(await page.evaluate('document.activeElement?.id'), 'text');
});

test('without JavaScript a text is checked, tested and written by forms', async (t) => {
  const { open, dir } = await stage(t, CONFIG);
  const page = await open({ javaScriptEnabled: false });
  await page.goto('/rules');
  const editor = page.getByLabel('Text of tidings.yaml');
  const text = await editor.inputValue();
  await editor.fill(`${text}# by a form\n`);
  await page.getByRole('button', { name: 'Run tests' }).click();
  await page.getByText('The test passed').waitFor();
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('This text can be used: 1 rule, 1 test').waitFor();
  await page.getByRole('button', { name: 'Write' }).click();
  await page
    .locator('#results')
    .getByText(/^In force: 1 rule/)
    .waitFor();
  assert.equal(readFileSync(join(dir, 'tidings.yaml'), 'utf8'), `${text}# by a form\n`);
});

test('whatever a file of rules says, it is text on the page', async (t) => {
  const hostile = '<img src=x onerror="alert(1)"></textarea><script>alert(2)</script>';
  const { open } = await stage(t, {
    ...CONFIG,
    rules: [{ name: hostile, on: { issues: ['opened'] }, if: '"</textarea>" != activity.actor.login', to: ['team'] }],
  });
  const page = await open({ viewport: { width: 360, height: 700 } });
  page.on('dialog', () => assert.fail('a script ran'));
  await page.goto('/rules');
  assert.ok((await page.getByLabel('Text of tidings.yaml').inputValue()).includes('</textarea><script>'));
  assert.equal(await page.locator('main img').count(), 0);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.locator('#results .notice').first().waitFor();
  assert.equal(await widthOver(page), 0);
});
