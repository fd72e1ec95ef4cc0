import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { blockTextSize, checkPayload } from '../../../tests/doubles/slack-rules.ts';
import {
  aFailedWorkflow,
  aMergedPullRequest,
  aNotification,
  anActivity,
  aPush,
  aReview,
  aStar,
  content,
  digest,
} from '../../../tests/fixtures/activities.ts';
import { type Activity, TONES } from '../../model/activity.ts';
import { activity } from '../../model/new-activity.ts';
import type { Content, Mention } from '../../model/notification.ts';
import { renderDigest } from './digest.ts';
import { LIMITS } from './limits.ts';
import { renderActivity, type SlackMessage } from './render.ts';

/** All that Slack would read as mrkdwn, block by block. */
function texts(message: SlackMessage): readonly string[] {
  const found: string[] = [message.text];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'text' && typeof value === 'string') found.push(value);
      else walk(value);
    }
  };
  walk(message.blocks);
  return found;
}

/** The only people a random activity calls: see `nastyMention`. */
const OWN_MENTION = /<@U0MONA>|<!subteam\^S0TEAM>/g;

function assertGood(message: SlackMessage): void {
  const checked = checkPayload('application/json', JSON.stringify(message));
  assert.ok(!('why' in checked), 'why' in checked ? checked.why : '');
  assert.ok(message.text.length <= LIMITS.text, `${message.text.length}`);
  assert.ok(message.blocks.length <= LIMITS.blocks);
  assert.ok(blockTextSize(message.blocks) <= LIMITS.messageBlockText, `${blockTextSize(message.blocks)}`);
  for (const text of texts(message)) {
    assert.ok(text.isWellFormed());
    // Every `<` begins one of our links, and no label ends it early or begins another.
    const bare = text.replace(/<(https?:\/\/[^<>|\s]+)\|([^<>]+)>/g, '').replace(OWN_MENTION, '');
    assert.doesNotMatch(bare, /[<]/);
    assert.doesNotMatch(text, /&(?!(?:amp|lt|gt);)/);
    assert.doesNotMatch(text, /(?![\n\t])\p{Cc}|\p{Bidi_Control}/u);
  }
}

function rendered(told: Activity, mentions: readonly Mention[] = []): SlackMessage {
  return renderActivity(content(told, mentions));
}

test('an opened issue says what, who and where, with the body as an excerpt', () => {
  const message = rendered(anActivity({ labels: ['bug'], excerpt: 'It **stops** at 99 %.' }));
  assert.equal(message.text, 'mona opened issue #12 in acme/api: Uploads fail on Safari');
  assert.deepEqual(texts(message).slice(1), [
    '🟢  <https://github.com/mona|mona> opened issue #12: *<https://github.com/acme/api/issues/12|Uploads fail on Safari>*\n>It *stops* at 99 %.',
    '<https://github.com/acme/api|acme/api>  ·  `bug`',
  ]);
  assert.equal(message.unfurl_links, false);
  assertGood(message);
});

test('the branch is said once', () => {
  const message = rendered(aMergedPullRequest());
  assert.match(texts(message)[2] ?? '', /main ← retry-uploads/);
  assert.doesNotMatch(texts(message)[2] ?? '', /`main`/);
});

test('bad news can be told from good at a glance', () => {
  assert.match(texts(rendered(aFailedWorkflow()))[1] ?? '', /^🔴 {2}CI failed/);
});

test('the place is said once, and may be an organisation', () => {
  const [, top, context] = texts(rendered(aStar('mona')));
  assert.equal(top, '⭐  <https://github.com/mona|mona> starred *<https://github.com/acme/api|acme/api>*');
  assert.equal(context, undefined);
  const subject = { noun: 'team', handle: null, title: 'backend', url: 'https://github.com/orgs/acme/teams/backend' };
  assert.match(texts(rendered(anActivity({ place: null, account: 'acme', subject })))[2] ?? '', /^acme$/);
});

test('whom it calls is told by name or pinged, in the block and in the notification', () => {
  const mentions = [
    { name: 'mona', ids: { slack: 'U012AB' } },
    { name: 'acme/backend', ids: { slack: 'S012AB' } },
    { name: 'mona', ids: { slack: 'U012AB' } },
    { name: 'lena-k', ids: {} },
    { name: '<!channel>', ids: { slack: '!channel' } },
    { name: 'h*x*r', ids: { slack: 'U1|evil>' } },
  ];
  const called = '→ <@U012AB>, <!subteam^S012AB>, lena-k, &lt;!channel&gt;, h*x*r';
  const message = rendered(anActivity({ excerpt: 'It **stops**.' }), mentions);
  assert.equal(message.text, `mona opened issue #12 in acme/api: Uploads fail on Safari ${called}`);
  assert.ok(texts(message)[1]?.endsWith(`\n>It *stops*.\n${called}`));
  const both = renderDigest([1, 2, 3].map((id) => aNotification(anActivity(), id, id === 2 ? [] : mentions)));
  assert.equal(texts(both).at(-1), called);
  assert.ok(both.text.endsWith(called));
  const many = Array.from({ length: 12 }, (_, index) => ({ name: `u${index}`, ids: {} }));
  assert.match(rendered(anActivity(), many).text, /→ u0, .*, u9 and 2 more$/);
});

test('everybody is called by the rule, and by nobody of that name', () => {
  const everybody = rendered(anActivity({ excerpt: '<!here> @channel' }), [
    { name: 'here', ids: {}, audience: 'here' },
    { name: 'channel', ids: { slack: 'U012AB' }, audience: 'channel' },
    { name: 'here', ids: {} },
  ]);
  assert.match(everybody.text, / → <!here>, <!channel>, here$/);
  assert.deepEqual(JSON.stringify(everybody.blocks).match(/<!\w+>/g), ['<!here>', '<!channel>']);
});

test('a page elsewhere may not pass for another', () => {
  const top = (title: string, url: string) =>
    texts(rendered(anActivity({ subject: { noun: 'status', handle: null, title, url } })))[1];
  assert.match(top('ci/build', 'https://ci.test/1') ?? '', /\|ci\/build>\*$/);
  assert.match(top('https://bank.test', 'https://evil.test/1') ?? '', /\|https:\/\/bank\.test \(evil\.test\)>\*$/);
  assert.match(top('Mend https://bank.test', 'https://github.com/1') ?? '', /\|Mend https:\/\/bank\.test>\*$/);
  assert.match(top('Update README.md, main.go', 'https://ci.test/1') ?? '', /\|Update README\.md, main\.go>\*$/);
  for (const name of ['github.md', 'readme.md.io', 'api.main.go']) {
    assert.match(top(`Update ${name}`, 'https://ci.test/1') ?? '', / \(ci\.test\)>\*$/);
  }
});

test('a list may be longer than prose: each of its lines says something of its own', () => {
  const commits = Array.from(
    { length: 5 },
    (_, n) => `- [${n}6f7a8b](https://github.com/acme/api) ${'word '.repeat(18)}`,
  );
  const shown = (excerpt: string) => texts(rendered(anActivity({ excerpt })))[1]?.split('\n').length;
  assert.equal(shown(commits.join('\n')), 6);
  assert.equal(shown(`Look:\n${commits.join('\n')}`), 5);
});

test('the line says who did what to which thing; the small line repeats none of it', () => {
  const shown = (activity: Activity) =>
    texts(rendered(activity))
      .slice(1)
      .map((text) => text.replaceAll(/<[^|]*\|/g, '<'));
  assert.deepEqual(shown(aMergedPullRequest({ did: 'merged {it} into main', facts: ['main', '4 commits'] })), [
    '🟣  <hubot> merged pull request #128 into main: *<Retry uploads with backoff and jitter>*',
    '<acme/api>  ·  4 commits',
  ]);
  const labels = ['bug', 'uploads', 'issue'];
  assert.deepEqual(shown(anActivity({ did: 'added label bug to {it}', labels })), [
    '🟢  <mona> added label bug to issue #12: *<Uploads fail on Safari>*',
    '<acme/api>  ·  `uploads`',
  ]);
  assert.deepEqual(shown(anActivity({ did: 'added labels bug, docs to {it}', labels }))[1], '<acme/api>  ·  `uploads`');
  const team = {
    noun: 'team',
    handle: 'Platform',
    title: 'Platform',
    url: 'https://github.com/orgs/acme/teams/platform',
  };
  assert.deepEqual(shown(anActivity({ did: 'renamed team Infra to Platform', subject: team })), [
    '🟢  <mona> renamed team Infra to *<Platform>*',
    '<acme/api>',
  ]);
  const branch = { noun: 'branch', handle: 'retry', title: 'retry', url: 'https://github.com/acme/api/tree/retry' };
  assert.deepEqual(shown(anActivity({ did: 'deleted {it}', subject: branch, branch: 'retry' })), [
    '🟢  <mona> deleted branch *<retry>*',
    '<acme/api>',
  ]);
  assert.deepEqual(shown(anActivity({ did: 'sent {it} to {repo}' })), [
    '🟢  <mona> sent issue #12 to <acme/api>: *<Uploads fail on Safari>*',
  ]);
});

test('what became of something is nobody’s doing: neither named nor shown', () => {
  const title = rendered(aFailedWorkflow());
  assert.deepEqual(texts(title).slice(1), [
    '🔴  CI failed on main: *<https://github.com/acme/api/actions/runs/904|Retry uploads>*',
    '<https://github.com/acme/api|acme/api>  ·  3 min 7 s',
  ]);
  assert.doesNotMatch(JSON.stringify(title), /lena-k/);
  const subject = { noun: 'check', handle: 'buildkite/docs', title: '', url: 'https://ci.test/1' };
  assert.equal(
    texts(rendered(aFailedWorkflow({ subject })))[1],
    '🔴  *<https://ci.test/1|buildkite/docs>* failed on main',
  );
});

test('what nobody put into words has its headline, and its actor below', () => {
  const [, top, context] = texts(rendered(anActivity({ did: null })));
  assert.equal(top, '🟢  *Issue opened*: <https://github.com/acme/api/issues/12|#12 Uploads fail on Safari>');
  assert.match(context ?? '', /^<https:\/\/github\.com\/mona\|mona> {2}· {2}<https/);
});

test('a bad avatar URL is left out instead of losing the message', () => {
  for (const avatarUrl of [
    'http://x.test/a.png',
    'javascript:1',
    `https://x.test/${'a'.repeat(600)}`,
    'https://',
    '',
  ]) {
    const actor = { login: 'mona', url: null, avatarUrl, isBot: false };
    assert.doesNotMatch(JSON.stringify(rendered(anActivity({ actor }))), /image_url/);
  }
});

test('a title with quotes, pipes and brackets stays one link', () => {
  const title = 'say "hi" | <b> & [x](y) > *z* `w`';
  const [, top] = texts(
    rendered(anActivity({ subject: { noun: 'issue', handle: '#1', title, url: 'https://x.test/1' } })),
  );
  const label = /<https:\/\/x\.test\/1\|([^<>]+)>\*$/.exec(top ?? '')?.[1]?.replaceAll('\u2060', '');
  assert.equal(label, 'say "hi" | &lt;b&gt; &amp; [x](y) &gt; *z* `w`');
});

test('a thousand stars become one message that counts them and names twenty', () => {
  const stars = Array.from({ length: 1000 }, (_, index) => aStar(`user-${index}`));
  const message = renderDigest(digest(stars).notifications);
  assert.equal(message.text, '1,000 stars in acme/api');
  assert.match(
    texts(message)[1] ?? '',
    /^⭐ {2}\*1,000 stars in acme\/api\*\n<[^>]*\|user-0>, .*\|user-19> and 980 more$/,
  );
  assertGood(message);
});

test('a mixed digest groups by kind and repository, bad news first', () => {
  const other = { name: 'acme/web', url: 'https://github.com/acme/web' };
  const message = renderDigest(
    digest([anActivity(), aStar('a', other), anActivity(), aFailedWorkflow(), aMergedPullRequest()]).notifications,
  );
  assert.match(
    message.text,
    /^5 events in 2 repositories: 1 workflow failed, 2 issues opened, 1 star, 1 pull request merged$/,
  );
  const tops = texts(message)
    .slice(1)
    .map((text) => text.split('\n')[0]);
  assert.match(tops[0] ?? '', /5 events in 2 repositories/);
  assert.match(tops[1] ?? '', /^🔴 {2}\*1 workflow failed\*/);
  assert.match(tops[2] ?? '', /^🟢 {2}\*2 issues opened\* {2}· {2}<[^|]*\|acme\/api>/);
  assertGood(message);
});

test('a digest says how its activities differ, and each by its whole line', () => {
  const words = { isSpoken: true, excerpt: 'The *backoff* needs a cap.' };
  const reviews = [aReview('lena-k', 'approved'), aReview('mona', 'wants changes')].map((review, index) =>
    index === 0 ? review : { ...review, said: { ...review.said, ...words } },
  );
  const message = renderDigest(digest(reviews).notifications);
  assert.equal(message.text, '2 reviews in acme/api: 1 approved, 1 wants changes');
  assert.deepEqual(
    texts(message)[1]
      ?.replaceAll(/<[^|]*\|/g, '<')
      .split('\n'),
    [
      '⚪  *2 reviews in acme/api: 1 approved, 1 wants changes*',
      "•  <lena-k> approved hubot's pull request #128: <Retry uploads with backoff and jitter>",
      "•  <mona> requested changes on hubot's pull request #128: <Retry uploads with backoff and jitter>  ·  “The backoff needs a cap.”",
    ],
  );
  const web = { name: 'acme/web', url: 'https://github.com/acme/web' };
  const pushes = [aPush('main'), aPush('main', web), aPush('dev', web), aFailedWorkflow()];
  const tops = texts(renderDigest(digest(pushes).notifications))
    .slice(1)
    .map((text) => text.replaceAll(/<[^|]*\|/g, '<'));
  assert.deepEqual(
    tops.map((text) => text.split('\n')),
    [
      ['🗂️  *4 events in 2 repositories*'],
      ['🔴  *1 workflow failed*  ·  <acme/api>', '•  CI failed on main: <Retry uploads>'],
      [
        '⚪  *2 pushes: 1 to main, 1 to dev*  ·  <acme/web>',
        '•  <mona> pushed 3 commits to main: <Retry uploads>',
        '•  <mona> pushed 3 commits to dev: <Retry uploads>',
      ],
      ['⚪  *1 push to main*  ·  <acme/api>', '•  <Retry uploads>  ·  mona'],
    ],
  );
  assertGood(message);
  const issues = ['Issue opened', 'Issue closed'].map((headline) => anActivity({ headline, did: null, sum: null }));
  const [, unsaid = ''] = texts(renderDigest(digest(issues).notifications));
  assert.match(unsaid, /^🟢 {2}\*2 issues in acme\/api: 1 opened, 1 closed\*\n• {2}Issue opened: <.*> {2}· {2}mona\n/);
});

const NASTY = [
  '<!channel>',
  '<!here|x>',
  '<@U123>',
  '<#C1|general>',
  '<https://evil.test|https://good.test>',
  '\u202e',
  '\u2066',
  '\0',
  '\u001b[2J',
  '\ud800',
  '\udc00',
  '😀',
  '👩‍👩‍👧',
  '&lt;',
  '&',
  '"',
  "'",
  '|',
  '>',
  '*',
  '_',
  '~',
  '`',
  '```',
  '\n',
  '\r',
  '[a](https://evil.test)',
  '![x](',
  '# ',
  '> ',
  '- [ ] ',
  '<!--',
  '@channel',
  'é',
  '漢字',
  ' ',
];
const nasty = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 })
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('a', '<', '&', '*', '😀', '<!channel>', '`', 'a.')
      .map((part) => part.repeat(100_000 / part.length)),
  },
);
const nastyUrl = fc.oneof(
  nasty,
  nasty.map((text) => `https://x.test/${text}`),
  fc.constant('https://github.com/acme/api/pull/1?a=1&b=2'),
);
const nastyId = fc.oneof(fc.constantFrom('U0MONA', 'S0TEAM'), nasty);
const nastyMention = fc.record({ name: nasty, ids: fc.oneof(fc.record({ slack: nastyId }), fc.constant({})) });
const nastyContent: fc.Arbitrary<Content> = fc
  .record({
    kind: fc.constantFrom('issues.opened', 'star.created', 'fork', 'other.thing'),
    type: fc.constantFrom('issues', 'star', 'fork', 'other'),
    action: fc.constantFrom('opened', 'created', 'thing', null),
    source: fc.constant('github'),
    headline: nasty,
    did: fc.option(fc.oneof(fc.constantFrom('opened {it}', 'sent {it} to {repo}', 'starred {repo}'), nasty)),
    became: fc.option(fc.oneof(fc.constantFrom('failed on main', 'failed in {repo}'), nasty)),
    sum: fc.option(fc.record({ noun: nasty, part: fc.option(nasty), alone: fc.option(nasty) })),
    tone: fc.constantFrom(...TONES),
    actor: fc.option(
      fc.record({ login: nasty, url: fc.option(nastyUrl), avatarUrl: fc.option(nastyUrl), isBot: fc.boolean() }),
    ),
    place: fc.option(fc.record({ name: nasty, url: nastyUrl })),
    account: fc.option(nasty),
    subject: fc.option(fc.record({ noun: nasty, handle: fc.option(nasty), title: nasty, url: nastyUrl })),
    excerpt: fc.option(nasty),
    facts: fc.array(nasty, { maxLength: 8 }),
    labels: fc.array(nasty, { maxLength: 8 }),
    branch: fc.option(nasty),
    mentions: fc.array(nastyMention, { maxLength: 14 }),
    dedupKey: fc.constant('x'),
  })
  .map(({ mentions, ...fields }) => content(activity(fields), mentions));

test('no user text can ping, disguise a link, pass a limit or break a message', () => {
  fc.assert(
    fc.property(nastyContent, (told) => assertGood(renderActivity(told))),
    { numRuns: 300 },
  );
});

test('nor can it in a digest', () => {
  fc.assert(
    fc.property(fc.array(nastyContent, { minLength: 1, maxLength: 40 }), (all) =>
      assertGood(renderDigest(all.map((told, index) => ({ ...aNotification(told.activity, index + 1), ...told })))),
    ),
    { numRuns: 40 },
  );
});
