import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleDestination } from '../../src/destinations/console/console-destination.ts';
import { Workshop } from './workshop.ts';

test('fifty at once are a card and a digest or two on the terminal, not fifty cards', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const cards: string[] = [];
  const write = (text: string) => void cards.push(text);
  shop.worker(inbox, [consoleDestination({ name: 'console', write, color: false, width: 80 })]);
  // As they come from outside, each with a commit of its own: the lane is awake from the first on.
  for (let index = 0; index < 50; index++) await shop.feed(inbox, [`event ${index}`], ['console']);
  const told = () => cards.reduce((sum, card) => sum + Number(/, (\d+) in one/.exec(card)?.[1] ?? 1), 0);
  await shop.until(() => told() === 50);
  // Three on an idle machine; one more for each 250 ms that the fifty commits take.
  assert(cards.length <= 10, `${cards.length} cards`);
});
