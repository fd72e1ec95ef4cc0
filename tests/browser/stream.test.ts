import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from './stage.ts';

test('what comes between a page and its stream is shown, and so is what comes while nobody listens: once', async (t) => {
  const { open, send } = await stage(t);
  await send('pull_request.opened');
  const page = await open();
  const mayListen = Promise.withResolvers<void>();
  const asked: string[] = [];
  await page.route('**/api/v1/events/stream*', async (route) => {
    asked.push(new URL(route.request().url()).search);
    await mayListen.promise;
    await route.continue();
  });
  await page.goto('/');
  const row = (id: number) => page.locator(`#e${id}`);
  await row(1).waitFor();
  await send('issues.opened');
  mayListen.resolve();
  await row(2).waitFor();

  // The page in the background holds no connection, and begins where it left off.
  const hide = (isHidden: boolean) =>
    page.evaluate(`
      Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));`);
  await hide(true);
  await send('push');
  await hide(false);
  await row(3).waitFor();
  assert.deepEqual(asked, ['?after=1', '?after=2']);
  const ids = await page.locator('#rows tr').evaluateAll((rows) => rows.map(({ id }) => id));
  assert.deepEqual(ids, ['e3', 'e2', 'e1']);
});
