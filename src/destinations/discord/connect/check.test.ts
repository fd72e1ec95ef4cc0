import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DISCORD_TOKEN, startDiscordDouble } from '../../../../tests/doubles/discord-double.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { check } from './check.ts';

async function finding(url: string) {
  const settings = { webhook_url: new Secret(url), follow_ups: 'post', per_minute: 30 } as const;
  const signal = new AbortController().signal;
  const asking = { signal, clock: systemClock, version: '0.0.0', env: {}, invocation: 'tidings' };
  const [found] = await check('team', settings, asking);
  assert.ok(!JSON.stringify(found).includes(DISCORD_TOKEN));
  return found;
}

test('a webhook that lives says what it is called and where it posts, and nothing is posted', async () => {
  await using discord = await startDiscordDouble();
  const found = await finding(discord.webhookUrl);
  assert.deepEqual([found?.name, found?.status], ['channel of team', 'ok']);
  assert.equal(found?.detail, 'webhook "Captain Hook" posts to channel 1100000000000000002; nothing was posted');
  assert.deepEqual([discord.requests, discord.violations], [['GET 200'], []]);
});

test('one that was deleted, or whose token was renewed, is a failure with what to do', async () => {
  await using discord = await startDiscordDouble();
  const renewed = await finding(discord.webhookUrl.replace(DISCORD_TOKEN, 'another'));
  assert.deepEqual([renewed?.status, renewed?.fix], ['fail', 'Mend that, or connect anew: tidings connect discord']);
  assert.match(renewed?.detail ?? '', /token was renewed \(50027\)/);
});

test('a Discord that cannot be reached is a warning', async () => {
  const found = await finding(`http://127.0.0.1:1/api/webhooks/1/${DISCORD_TOKEN}`);
  assert.equal(found?.status, 'warn');
  assert.match(found.detail, /Discord cannot be reached: ECONNREFUSED/);
});
