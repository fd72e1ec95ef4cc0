import { setTimeout } from 'node:timers/promises';
import { github } from './stand-in.ts';

// Where everybody starts: ask again and again, and print what was not there before.
const url = process.env['GITHUB_API_URL'] ?? (await github());
let newest = 0;
for (;;) {
  const response = await fetch(`${url}/repos/acme/api/issues`);
  const issues = (await response.json()) as { number: number; title: string }[];
  const news = issues.filter(({ number }) => number > newest);
  console.log(news.map(({ number, title }) => `#${number} ${title}`).join(', ') || 'nothing new');
  newest = Math.max(newest, ...issues.map(({ number }) => number));
  await setTimeout(2_000);
} // It works. What does it cost? → polling-cost
