import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { CATALOG, CHANNELS } from '../../src/catalog.ts';
import * as library from '../../src/index.ts';
import type { Destination, Message } from '../../src/model/destination.ts';
import { startFlavorDouble } from '../doubles/flavor-double.ts';
import { startProgramDouble } from '../doubles/program-double.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { anActivity, single } from '../fixtures/activities.ts';

const name = 'team';
const WEBHOOK = 'https://hooks.slack.com/services/T0/B0/key';
const GOOGLE = 'https://chat.googleapis.com/v1/spaces/AAA/messages?key=K&token=T';
const DISCORD = 'https://discord.com/api/webhooks/1100000000000000001/aTokenOfNobody';
const BOT = '123456789:AAaTokenOfNobody-1234567890aTokenOfN';
const ROOM = {
  homeserver: 'https://matrix.example.org/',
  accessToken: 'syt_aTokenOfNobody',
  roomId: '!abc:example.org',
};

/** Each with no more than it needs. */
const MADE: Readonly<Record<string, () => Destination>> = {
  slack: () => library.slackDestination({ name, webhookUrl: WEBHOOK }),
  discord: () => library.discordDestination({ name, webhookUrl: DISCORD }),
  email: () => library.emailDestination({ name, smtpUrl: 'smtps://acme.test', from: 'a@acme.test', to: 'b@acme.test' }),
  console: () => library.consoleDestination(),
  http: () => library.httpDestination({ name, url: 'https://acme.test/hook' }),
  telegram: () => library.telegramDestination({ name, token: BOT, chatId: '-42' }),
  teams: () => library.teamsDestination({ name, webhookUrl: 'https://acme.webhook.test/workflows/1?sig=key' }),
  'google-chat': () => library.googleChatDestination({ name, webhookUrl: GOOGLE }),
  matrix: () => library.matrixDestination({ name, ...ROOM }),
  ntfy: () => library.ntfyDestination({ name, url: 'https://ntfy.sh/a-name-that-nobody-guesses' }),
  gotify: () => library.gotifyDestination({ name, url: 'https://gotify.acme.test', token: 'AbCdEfGhIjKlMnO' }),
  amqp: () => library.amqpDestination({ name, url: 'amqp://guest:guest@mq.acme.test', queue: 'activity' }),
  pagerduty: () => library.pagerdutyDestination({ name, routingKey: 'a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6' }),
  nats: () => library.natsDestination({ name, url: 'nats://nats.acme.test' }),
  redis: () => library.redisDestination({ name, url: 'redis://redis.acme.test' }),
  command: () => library.commandDestination({ name, command: ['/bin/true'] }),
};

test('every type that has a function for programs exports it', () => {
  const hasOne = (type: string) => existsSync(new URL(`../../src/destinations/${type}/library.ts`, import.meta.url));
  const nameOf = (type: string) =>
    `${type.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Destination`;
  const expected = Object.keys(CHANNELS).filter(hasOne).map(nameOf);
  assert.deepEqual(
    Object.keys(library)
      .filter((each) => each.endsWith('Destination'))
      .toSorted(),
    expected.toSorted(),
  );
});

for (const [type, make] of Object.entries(MADE)) {
  test(`${type} is what tidings.yaml makes of it without options`, async () => {
    await using destination = make();
    const { channel } = (await CATALOG.channels[type]?.()) ?? assert.fail(type);
    const { keys } = await channel.schema();
    const { digest, paceMs = 0 } = channel.can;
    assert.deepEqual([destination.type, destination.digestOver], [type, digest]);
    const each = { per_second: 1_000, per_minute: 60_000 };
    const paces = Object.entries(each).map(([key, ms]) => ms / Number(keys[key]?.without?.replaceAll('`', '')));
    const least = paces.find((ms) => !Number.isNaN(ms)) ?? paceMs;
    // Where others measure the pace, some take a little more.
    assert.ok(destination.intervalMs >= least && destination.intervalMs <= least + 20, `${destination.intervalMs}`);
    const concurrency = Number(keys['concurrency']?.without?.replaceAll('`', '') ?? 1);
    assert.equal(destination.concurrency, concurrency);
  });
}

test('what cannot be right throws, names the option, and shows no secret', () => {
  const wrong: readonly (readonly [() => Destination, RegExp])[] = [
    [() => library.telegramDestination({ name, token: 'hush-hush', chatId: '-42' }), /^telegramDestination: token is /],
    [() => library.telegramDestination({ name, token: BOT, chatId: 'Releases' }), /^telegramDestination: chatId /],
    [() => library.teamsDestination({ name, webhookUrl: 'hush-hush' }), /^teamsDestination: webhookUrl /],
    [() => library.googleChatDestination({ name, webhookUrl: 'hush-hush' }), /^googleChatDestination: webhookUrl /],
    [() => library.matrixDestination({ name, ...ROOM, roomId: '#dev:example.org' }), /^matrixDestination: roomId /],
    [() => library.ntfyDestination({ name, url: 'https://ntfy.sh/', token: 'hush-hush' }), /^ntfyDestination: url /],
    [
      () => library.gotifyDestination({ name, url: 'https://g.test', token: 'hush-hush' }),
      /^gotifyDestination: token /,
    ],
    [() => library.amqpDestination({ name, url: 'hush-hush', queue: 'activity' }), /^amqpDestination: url /],
    [() => library.pagerdutyDestination({ name, routingKey: 'hush-hush' }), /^pagerdutyDestination: routingKey /],
    [() => library.slackDestination({ name, token: 'hush-hush', channel: '#dev' }), /^slackDestination: token /],
  ];
  for (const [make, says] of wrong) {
    assert.throws(make, (error: Error) => says.test(error.message) && !error.message.includes('hush-hush'));
  }
});

test('Slack by a bot, one of its flavors and a program tell what they are given', async () => {
  await using slack = await startSlackApi({ intervalMs: 0 });
  await using zulip = await startFlavorDouble('zulip');
  await using program = await startProgramDouble();
  const [file = '', ...args] = program.command;
  const made = [
    library.slackDestination({ name, token: slack.token, channel: 'releases', apiUrl: `${slack.url}/` }),
    library.slackDestination({ name, webhookUrl: zulip.url, flavor: 'zulip' }),
    library.commandDestination({ name, command: [file, ...args] }),
  ];
  const message: Message = single(anActivity());
  for (const destination of made) {
    const context = { signal: new AbortController().signal, earlier: null };
    assert.equal((await destination.send(message, context)).kind, 'sent');
  }
  assert.deepEqual([slack.messages.length, zulip.messages.length, program.told.length], [1, 1, 1]);
});
