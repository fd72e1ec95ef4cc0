import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DISCORD_TOKEN, startDiscordDouble } from '../../../../tests/doubles/discord-double.ts';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { inProcess } from '../../../../tests/support/in-process.ts';

test('a webhook is looked at, proved with a hello, and kept', async () => {
  await using dir = await dataDir();
  await using discord = await startDiscordDouble();
  const env = { DISCORD_WEBHOOK_URL: discord.webhookUrl };
  const dry = await inProcess(['connect', 'discord', '--dry-run'], dir.path, env);
  assert.match(dry.stderr, /Posts one hello to channel 1100000000000000002 .*\nDry run: nothing was posted or written/);
  assert.deepEqual([discord.messages.length, existsSync(join(dir.path, '.env'))], [0, false]);
  const { code, stderr } = await inProcess(['connect', 'discord'], dir.path, env);
  assert.equal(code, 0, stderr);
  assert.equal(discord.messages[0]?.payload.embeds?.[0]?.title, '👋 Tidings is connected');
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), `DISCORD_WEBHOOK_URL=${discord.webhookUrl}\n`);
  assert.ok(!(stderr + dry.stderr).includes(DISCORD_TOKEN));
  assert.deepEqual(discord.violations, []);
});

test('what Discord refuses is not kept; another that is kept is not replaced unasked', async () => {
  await using dir = await dataDir();
  await using discord = await startDiscordDouble({ isForum: true });
  const env = { DISCORD_WEBHOOK_URL: discord.webhookUrl };
  const forum = await inProcess(['connect', 'discord'], dir.path, env);
  assert.match(forum.stderr, /Not connected, nothing was written: the channel is a forum \(220001\)/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
  writeFileSync(join(dir.path, '.env'), 'DISCORD_WEBHOOK_URL=https://discord.com/api/webhooks/1/another-one\n');
  const other = await inProcess(['connect', 'discord', '--no-hello'], dir.path, env);
  assert.match(other.stderr, /add --replace/);
  assert.match(readFileSync(join(dir.path, '.env'), 'utf8'), /another-one/);
  const wrong = await inProcess(['connect', 'discord'], dir.path, {
    DISCORD_WEBHOOK_URL: `${discord.webhookUrl}/slack`,
  });
  assert.match(wrong.stderr, /DISCORD_WEBHOOK_URL ends in \/slack, for messages of another form: leave that off/);
});
