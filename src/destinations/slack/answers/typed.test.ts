import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typed } from './typed.ts';

const link = 'https://github.com/acme/api/pull/12';
const DAY = 86_400_000;

const READ = [
  ['', { kind: 'help' }],
  ['  HELP me', { kind: 'help' }],
  ['<@U0000001> status', { kind: 'status' }],
  ['/tidings status', { kind: 'status' }],
  ['list', { kind: 'list' }],
  [`why ${link}`, { kind: 'why', link }],
  [`why <${link}>`, { kind: 'why', link }],
  [`Why <${link}|acme/api#12>`, { kind: 'why', link }],
  ['why <https://a.test/?x=1&amp;y=2>', { kind: 'why', link: 'https://a.test/?x=1&y=2' }],
  [`mute ${link}`, { kind: 'mute', link, isOwn: false, forMs: null }],
  [`mute ${link} for me`, { kind: 'mute', link, isOwn: true, forMs: null }],
  [`mute ${link} for me for 3d`, { kind: 'mute', link, isOwn: true, forMs: 3 * DAY }],
  [`mute 30m ${link}`, { kind: 'mute', link, isOwn: false, forMs: 1_800_000 }],
  [`mute ${link} 52w`, { kind: 'mute', link, isOwn: false, forMs: 364 * DAY }],
  [`unmute ${link} for me`, { kind: 'unmute', link, isOwn: true }],
] as const;

for (const [text, wanted] of READ) test(`"${text}" is read`, () => assert.deepEqual(typed(text), wanted));

test('without a link that is what it lacks, whatever else stands there', () => {
  for (const text of ['mute', 'mute nonsense', 'mute acme/api#12 for me', 'why #12', 'unmute it']) {
    const read = typed(text);
    assert.match('why' in read ? read.why : '', /^`(?:mute|why|unmute)` needs the link/, text);
  }
});

const MISREAD = [
  'sing',
  'status now',
  'list all',
  'why',
  'why acme/api#12',
  `why ${link} ${link}`,
  `why ${link} please`,
  `mute ${link} 0d`,
  `mute ${link} 366d`,
  `mute ${link} forever`,
  `mute ${link} 1d 2d`,
  `unmute ${link} 3d`,
  `${'x'.repeat(100_000)} ${link}`,
];

for (const text of MISREAD) {
  test(`"${text.slice(0, 60)}" is not`, () => {
    const read = typed(text);
    assert.equal(read.kind, 'misread');
    assert.equal('why' in read && /<|http/.test(read.why), false, 'nothing of theirs is repeated');
  });
}
