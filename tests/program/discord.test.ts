import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DISCORD_TOKEN, startDiscordDouble } from '../doubles/discord-double.ts';
import { configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { serverInProcess } from '../support/in-process.ts';
import { issueOpened, sampleDelivery } from '../support/payloads.ts';

test('an issue is told at Discord, calls whom it is to call, and its next news edits the message, also after a restart', async () => {
  await using dir = await dataDir();
  await using discord = await startDiscordDouble();
  await configure(dir.path, {
    destinations: { chat: { type: 'discord', webhook_url: discord.webhookUrl, follow_ups: 'edit', per_minute: 0 } },
    people: { 'priya-k': { discord: '80351110224678912' } },
    rules: [{ on: 'pull_request' }, { on: 'issues', mention: '@priya-k' }],
  });
  await using inbox = await openInbox(dir.path);
  const starts = [
    [sampleDelivery('pull_request.opened', 5)],
    [sampleDelivery('pull_request.merged', 5), issueOpened(7)],
  ];
  for (const deliveries of starts) {
    await using server = await serverInProcess('start', dir.path);
    for (const each of deliveries) {
      assert.equal((await deliver(server.url, each)).status, 200);
      await drained(inbox);
    }
    assert.ok(!(server.output.stdout + server.output.stderr).includes(DISCORD_TOKEN));
  }
  assert.deepEqual(discord.requests, ['POST 200', 'PATCH 200', 'POST 200']);
  const [pull, issue] = discord.messages;
  assert.deepEqual([pull?.edits, pull?.pings, issue?.pings], [1, [], ['80351110224678912']]);
  assert.deepEqual(discord.violations, []);
  assert.ok(!JSON.stringify(await records(inbox)).includes(DISCORD_TOKEN));
});
