import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawTerminals } from '../../scripts/draw-terminals.ts';

const one = (text: string, at = 0) =>
  drawTerminals(
    [
      {
        title: 'x',
        scenes: [
          { at: 1, text: '' },
          { at, text },
        ],
      },
    ],
    'a test',
  );
const texts = (svg: string) =>
  [...svg.matchAll(/<text(?: class="(\w+)")? x="(\d+)" y="(\d+)" textLength="(\d+)">([^<]*)</g)].map((match) =>
    match.slice(1),
  );

test('each piece of text has its place and its width in columns, and the look it was printed in', () => {
  assert.deepEqual(texts(one('\u001B[32m200\u001B[39m  accepted\r\n🟢 <b>')), [
    ['green', '16', '45', '24', '200'],
    [undefined, '56', '45', '64', 'accepted'],
    [undefined, '16', '63', '48', '🟢 &lt;b>'],
  ]);
});

test('what does not fit into 80 columns is refused, not cut', () => {
  assert.throws(() => one('x'.repeat(81)), /wider than 80 columns/);
});

test('all that moves is left out for whoever wants nothing to move', () => {
  const svg = one('hello', 2);
  const [still = '', moving = ''] = svg.split('@media (prefers-reduced-motion:no-preference)');
  assert.doesNotMatch(still, /animation|opacity:0/);
  assert.match(
    moving,
    /\.at2\{animation:at2 10s step-end infinite\}@keyframes at2\{0%\{opacity:0\}20.0%\{opacity:1\}\}/,
  );
});
