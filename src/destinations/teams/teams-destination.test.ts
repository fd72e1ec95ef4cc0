import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startTeamsDouble } from '../../../tests/doubles/teams-double.ts';
import { aMergedPullRequest, anActivity, single } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { inProcess } from '../../../tests/support/in-process.ts';
import type { Message } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { judgeAnswer } from './answer.ts';
import { webhookProblem } from './shapes.ts';
import { teamsDestination } from './teams-destination.ts';

function sendTo(webhookUrl: string, message: Message) {
  const options = { name: 'team', webhookUrl: new Secret(webhookUrl), perMinute: 60, clock: systemClock };
  return teamsDestination(options).send(message, { signal: new AbortController().signal, earlier: null });
}

test('a message is a card that says what happened, by whom and where, and opens its page', async () => {
  await using teams = await startTeamsDouble();
  const outcome = await sendTo(teams.webhookUrl, single(aMergedPullRequest({ excerpt: 'It **stops**.\n\n    code' })));
  assert.equal(outcome.kind, 'sent');
  assert.match(outcome.kind === 'sent' ? outcome.answer : '', /^202 accepted by Power Automate; .*run history$/);
  const url = 'https://github.com/acme/api/pull/128';
  const open = { type: 'Action.OpenUrl', url };
  const run = (text: string, more = {}) => ({ type: 'TextRun', text, ...more });
  assert.deepEqual(teams.cards[0], {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    body: [
      {
        type: 'RichTextBlock',
        inlines: [
          run('🟣 '),
          run('hubot', { selectAction: { type: 'Action.OpenUrl', url: 'https://github.com/hubot' } }),
          run(' merged pull request #128: '),
          run('Retry uploads with backoff and jitter', { weight: 'Bolder', selectAction: open }),
        ],
        spacing: 'Small',
      },
      {
        type: 'RichTextBlock',
        inlines: [run('acme/api · main ← retry-uploads · 4 commits · +212 −38', { isSubtle: true, size: 'Small' })],
        spacing: 'None',
      },
      {
        type: 'Container',
        style: 'emphasis',
        items: [
          {
            type: 'RichTextBlock',
            inlines: [run('It '), run('stops', { weight: 'Bolder' }), run('.')],
            spacing: 'None',
          },
          { type: 'RichTextBlock', inlines: [run('code', { fontType: 'Monospace' })], spacing: 'None' },
        ],
      },
    ],
    actions: [{ ...open, title: 'Open' }],
    msteams: { width: 'Full' },
  });
});

test('whom a rule calls is called by an entity; who has no id, and everybody, is a name to read', async () => {
  await using teams = await startTeamsDouble();
  const mentions = [
    { name: 'mona_*l*', ids: { teams: 'mona@acme.com' } },
    { name: 'mona_*l*', ids: { teams: 'lena@acme.com' } },
    { name: 'hubot', ids: { teams: '<at>x</at>' } },
    { name: 'here', ids: {}, audience: 'here' as const },
  ];
  await sendTo(teams.webhookUrl, single(anActivity(), mentions));
  const [card] = teams.cards;
  assert.deepEqual(card?.body[0], { type: 'TextBlock', text: '→ <at>mona  l</at>, <at>mona  l 2</at>', wrap: true });
  assert.match(JSON.stringify(card?.body[1]), /→ hubot, here/);
  assert.deepEqual(
    card?.msteams?.entities?.map(({ mentioned }) => mentioned.id),
    ['mona@acme.com', 'lena@acme.com'],
  );
  assert.deepEqual(teams.dropped, []);
});

const ANSWERS: readonly (readonly [status: number, code: string, kind: string, says: RegExp])[] = [
  [400, 'TriggerInputSchemaMismatch', 'rejected', /refused the message \(400 TriggerInput.*please report/],
  [400, 'WorkflowTriggerIsNotEnabled', 'broken', /switched off: turn it on/],
  [401, 'DirectApiAuthorizationRequired', 'broken', /set who can trigger it to Anyone/],
  [403, '', 'broken', /copy webhook_url again/],
  [404, 'WorkflowNotFound', 'broken', /was deleted: make a new one/],
  [404, '', 'broken', /was deleted .*update webhook_url/],
  [410, '', 'broken', /was deleted .*update webhook_url/],
  [302, '', 'broken', /set webhook_url to the final address/],
  [429, '', 'retry', /asks to slow down/],
];
for (const [status, code, kind, says] of ANSWERS) {
  test(`${status} ${code} is ${kind} and says what to do`, () => {
    const text = JSON.stringify({ error: { code, message: 'no' } });
    const outcome = judgeAnswer({ kind: 'answered', status, headers: new Headers(), text }, 0);
    assert.equal(outcome.kind, kind);
    assert.match('reason' in outcome ? outcome.reason : '', says);
  });
}

test('a page of a proxy is no yes', () => {
  const answered = { kind: 'answered', status: 200, headers: new Headers(), text: '<html>Sign in</html>' } as const;
  assert.equal(judgeAnswer(answered, 0).kind, 'retry');
});

test('an address is taken at any host, but not that of a connector, which Microsoft has retired', () => {
  assert.equal(webhookProblem('https://x.environment.api.powerplatform.com:443/powerautomate/a?sig=b'), undefined);
  assert.equal(webhookProblem('https://proxy.acme.test/teams'), undefined);
  assert.match(webhookProblem('https://acme.webhook.office.com/webhookb2/a') ?? '', /retired. Make a workflow/);
  assert.match(webhookProblem('https://x.api.powerplatform.com') ?? '', /not whole/);
  assert.match(webhookProblem('http://x.api.powerplatform.com/a?sig=b') ?? '', /http:\/\/, so that .* write https/);
});

test('a workflow is proved with a hello and kept; one that refuses is not', async () => {
  await using dir = await dataDir();
  await using teams = await startTeamsDouble();
  const wrong = await inProcess(['connect', 'teams'], dir.path, { TEAMS_WEBHOOK_URL: `${teams.webhookUrl}x` });
  assert.match(wrong.stderr, /Not connected, nothing was written: the workflow wants a sign-in/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
  const { code, stderr } = await inProcess(['connect', 'teams'], dir.path, { TEAMS_WEBHOOK_URL: teams.webhookUrl });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /posted a hello to Microsoft Teams by http:\/\/127.0.0.1:\d+: 202 accepted/);
  assert.match(JSON.stringify(teams.cards), /Tidings is connected/);
  assert.match(readFileSync(join(dir.path, '.env'), 'utf8'), /^TEAMS_WEBHOOK_URL=/);
  assert.ok(!(stderr + wrong.stderr).includes(teams.sig));
});
