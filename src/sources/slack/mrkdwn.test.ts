import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdown, plainText } from './mrkdwn.ts';

const NAMES = new Map([
  ['U1', 'Mona'],
  ['C1', '#general'],
]);

test('what Slack writes about people, channels and links is said in words', () => {
  const said: readonly (readonly [mrkdwn: string, plain: string])[] = [
    ['<@U1> and <@U2> and <@U3|lena>', '@Mona and @someone and @lena'],
    ['<#C1> <#C2> <#C3|random>', '#general a channel #random'],
    ['<!here> <!channel> <!everyone|everyone>', '@here @channel @everyone'],
    ['<!subteam^S1|@devs> <!subteam^S1>', '@devs @a group'],
    ['<!date^1392734382^{date_short}|Feb 18>', 'Feb 18'],
    ['<https://example.com/a|the docs> <https://example.com>', 'the docs https://example.com'],
    ['<mailto:mona@example.com|mona@example.com>', 'mona@example.com'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2, &amp;lt;', '1 < 2 && 3 > 2, &lt;'],
    ['*bold* 2*3*4 `code`', 'bold 2*3*4 code'],
  ];
  for (const [mrkdwn, plain] of said) assert.equal(plainText(mrkdwn, NAMES), plain);
});

test('as Markdown, bold is bold, links are links, and code is left alone', () => {
  const said: readonly (readonly [mrkdwn: string, markdown: string])[] = [
    ['*bold* and _italic_', '**bold** and _italic_'],
    ['see <https://example.com/a|the [docs]>', 'see [the docs](https://example.com/a)'],
    ['<https://example.com>', 'https://example.com'],
    ['`*a* <b>` *c*', '`*a* <b>` **c**'],
    ['```\n*a*\n``` *b*', '```\n*a*\n``` **b**'],
    ['a &lt;b&gt; &amp; c', 'a &lt;b&gt; &amp; c'],
  ];
  for (const [mrkdwn, wanted] of said) assert.equal(markdown(mrkdwn, NAMES), wanted);
});

test('a hundred thousand marks take no time', () => {
  for (const mark of ['*', '<', '`', '<@', '* ', '<a', '_*']) {
    plainText(mark.repeat(100_000), NAMES);
    markdown(mark.repeat(100_000), NAMES);
  }
});
