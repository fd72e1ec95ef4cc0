import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FLAVOR_KEY, startFlavorDouble } from '../../../../tests/doubles/flavor-double.ts';
import { aMergedPullRequest, anActivity, aStar, digest, single } from '../../../../tests/fixtures/activities.ts';
import type { Message } from '../../../model/destination.ts';
import { Secret } from '../../../shared/secret.ts';
import { channel } from '../channel.ts';
import { SCHEMA } from '../schema.ts';
import { outcomeAt } from './answer.ts';
import type { Foreign } from './flavor.ts';
import { flavorDestination } from './flavor-destination.ts';
import { clip, label, link, MARKUPS } from './markup.ts';

async function told(flavor: Foreign, message: Message) {
  await using server = await startFlavorDouble(flavor);
  const webhookUrl = new Secret(server.url);
  const destination = flavorDestination({ name: 'team', flavor, webhookUrl, perSecond: 0 });
  const outcome = await destination.send(message, { signal: new AbortController().signal, earlier: null });
  assert.equal(outcome.kind, 'sent', JSON.stringify(outcome));
  assert.deepEqual(server.violations, []);
  return server.messages[0];
}

const AT = { thread: null, excerpt: 'It **stops**, see [the log](https://x.test/a).', labels: ['bug'] };

test('Mattermost gets Markdown in an attachment, with what people write escaped', async () => {
  assert.deepEqual(await told('mattermost', single(aMergedPullRequest(AT))), {
    attachments: [
      {
        fallback: 'hubot merged pull request #128 in acme/api: Retry uploads with backoff and jitter',
        color: '#8250df',
        text: [
          String.raw`🟣 [hubot](https://github.com/hubot) merged pull request \#128: [Retry uploads with backoff and jitter](https://github.com/acme/api/pull/128)`,
          String.raw`> It **stops**, see [the log](https://x.test/a)\.`,
          String.raw`acme/api · main ← retry\-uploads · 4 commits · \+212 −38 · bug`,
        ].join('\n\n'),
      },
    ],
  });
});

test('Rocket.Chat and Zulip get marks as they read them', async () => {
  const rocket = JSON.stringify(await told('rocketchat', single(aMergedPullRequest(AT))));
  assert.match(rocket, /> It \*stops\*, see \[the log\]\(https:\/\/x\.test\/a\)\./);
  const stars = JSON.stringify(await told('zulip', digest([aStar('a'), aStar('b'), aStar('c')])));
  assert.match(stars, /⭐ \*3 stars in acme\/api\*\\n\\n\[a\]\(https:\/\/github\.com\/a\), \[b\]/);
});

test('everybody is called where names ring, by a rule and by nobody whose name looks like it', async () => {
  const message = single(anActivity(), [
    { name: 'here', ids: {}, audience: 'here' },
    { name: '@channel', ids: {} },
  ]);
  assert.equal((await told('mattermost', message))?.['text'], String.raw`→ @here, @⁠channel`);
  const all = single(anActivity(), [{ name: 'channel', ids: {}, audience: 'channel' }]);
  assert.equal((await told('rocketchat', all))?.['text'], '→ @all');
  const zulip = await told('zulip', all);
  assert.equal(zulip?.['text'], undefined);
  // It makes `**all**` of it.
  assert.match(JSON.stringify(zulip?.['attachments']), /\\n→ @\*all\*"/);
});

test('what people write acts nowhere', () => {
  assert.equal(label(MARKUPS.mattermost, String.raw`\*a* \`b`, 60), String.raw`\\\*a\* \\\`b`);
  const written = (flavor: Foreign, text: string) => label(MARKUPS[flavor], text, 200);
  assert.equal(
    written('mattermost', '<!channel> @all **b** [x](y) a&b'),
    String.raw`&lt;\!channel\> @⁠all \*\*b\*\* \[x\]\(y\) a&amp;b`,
  );
  for (const flavor of ['rocketchat', 'zulip'] as const) {
    assert.equal(written(flavor, 'snake_case _it_ *b* `c` ~d~'), "snake_case ˍitˍ ∗b∗ 'c' ∼d∼");
    assert.equal(
      written(flavor, '<https://evil.test|good> @**all** [x](y) ||s||'),
      '‹https://evil.test|good> @⁠∗∗all∗∗ [x]⁠(y) |⁠|s|⁠|',
    );
  }
  assert.equal(link(MARKUPS.zulip, 'https://x.test/a_(b)*c', 'x', 100), '[x](https://x.test/a%5f%28b%29%2ac)');
  assert.equal(
    link(MARKUPS.zulip, 'https://x.test/', written('zulip', String.raw`[Bug] a\](b`), 100),
    '[(Bug) a\\⁠)⁠(b](https://x.test/)',
  );
  assert.equal(link(MARKUPS.zulip, 'javascript:alert(1)', 'x', 100), 'x');
  assert.equal(clip(String.raw`\*\*\*\*`, 5), String.raw`\*\*…`);
  assert.equal(clip('&lt;&lt;&lt;', 7), '&lt;…');
});

const ANSWERS: readonly (readonly [flavor: Foreign, status: number, body: unknown, kind: string, tries?: number])[] = [
  ['mattermost', 200, 'ok', 'sent'],
  ['mattermost', 501, { message: 'Incoming webhooks have been disabled by the system admin.' }, 'broken'],
  ['mattermost', 400, { id: 'web.incoming_webhook.invalid.app_error', message: 'Invalid webhook.' }, 'broken'],
  ['mattermost', 400, { id: 'web.incoming_webhook.text.app_error', message: 'No text specified.' }, 'rejected'],
  ['mattermost', 403, { message: 'This channel has been archived' }, 'broken'],
  ['mattermost', 404, { message: 'Could not find the channel.' }, 'broken'],
  ['mattermost', 404, '<!DOCTYPE html>', 'retry'],
  ['mattermost', 200, '<html>Sign in', 'retry'],
  ['mattermost', 500, '', 'retry'],
  ['mattermost', 302, '', 'broken'],
  ['rocketchat', 200, { success: true }, 'sent'],
  ['rocketchat', 400, { success: false, error: 'Invalid integration id or token provided.' }, 'broken'],
  ['rocketchat', 503, '', 'retry', 9],
  ['rocketchat', 503, '', 'broken', 10],
  ['zulip', 200, { result: 'success', msg: '' }, 'sent'],
  ['zulip', 200, { ok: true }, 'sent'],
  ['zulip', 400, { result: 'error', code: 'STREAM_DOES_NOT_EXIST', msg: 'Channel does not exist' }, 'broken'],
  ['zulip', 401, { result: 'error', code: 'INVALID_API_KEY', msg: 'Invalid API key' }, 'broken'],
  ['zulip', 400, { result: 'error', code: 'BAD_REQUEST', msg: 'Malformed payload' }, 'rejected'],
];
for (const [flavor, status, body, kind, tries = 0] of ANSWERS) {
  test(`${flavor}: ${status} ${JSON.stringify(body)} after ${tries} tries is ${kind}`, () => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const outcome = outcomeAt(flavor, { kind: 'answered', status, headers: new Headers(), text }, 0, tries);
    assert.equal(outcome.kind, kind, JSON.stringify(outcome));
    if ('reason' in outcome) assert.ok(!outcome.reason.includes(FLAVOR_KEY));
  });
}

test('asked to slow down, the longer of header and body counts', () => {
  const limited = { kind: 'answered', status: 429, headers: new Headers(), text: '{"retry-after":2.57}' } as const;
  const outcome = outcomeAt('zulip', limited, 0, 0);
  assert.equal(outcome.kind === 'retry' && outcome.retryAfterMs, 2_570);
});

test('Rocket.Chat is sent no more than ten a minute, unless it is to know no pace', () => {
  const at = (flavor: Foreign, perSecond: number) =>
    flavorDestination({ name: 'team', flavor, webhookUrl: new Secret('http://x.test'), perSecond }).intervalMs;
  assert.deepEqual([at('rocketchat', 1), at('rocketchat', 0), at('mattermost', 1)], [6_020, 0, 1_020]);
});

test('a flavor goes with a webhook only', async () => {
  const told: string[] = [];
  const given = { token: 'xoxb-1', channel: '#a', flavor: 'zulip' };
  await SCHEMA.check?.(given, (key, problem) => told.push(`${String(key)}: ${problem}`));
  assert.deepEqual(told, ["flavor: flavor goes with webhook_url only: a token is Slack's."]);
});

test('a variable says whose server the webhook is of, and what it cannot be is told', () => {
  const problems: string[] = [];
  const settingsWith = (flavor: string | null) => {
    const text = (name: string) => (name === 'SLACK_FLAVOR' ? flavor : null);
    const address = () => 'https://chat.test/hooks/x';
    const tell = (name: string, problem: string) => void problems.push(`${name} ${problem}`);
    const env = { text, address, base: () => null, token: () => null, tell };
    return channel.byDefault?.settings(env)?.settings.flavor;
  };
  assert.deepEqual(['mattermost', null, 'msteams'].map(settingsWith), ['mattermost', 'slack', 'slack']);
  assert.deepEqual(problems, ['SLACK_FLAVOR must be one of slack, mattermost, rocketchat, zulip.']);
});
