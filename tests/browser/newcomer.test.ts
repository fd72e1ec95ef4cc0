import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from './stage.ts';

test('a newcomer opens the front page', async (t) => {
  const { open } = await stage(t);
  const page = await open();
  await page.goto('/');
  assert.match(await page.title(), /Tidings/);
});
