import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startTelegramDouble } from '../../../../tests/doubles/telegram-double.ts';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { inProcess } from '../../../../tests/support/in-process.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { check } from './check.ts';

test('a bot is looked at, its chat found, proved with a hello, and both are kept', async () => {
  await using dir = await dataDir();
  await using telegram = await startTelegramDouble();
  const env = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_URL: telegram.origin };
  const dry = await inProcess(['connect', 'telegram', '--dry-run'], dir.path, env);
  assert.match(dry.stderr, /Posts one hello to the supergroup "Releases"/);
  assert.deepEqual([telegram.messages.length, existsSync(join(dir.path, '.env'))], [0, false]);
  const { code, stderr } = await inProcess(['connect', 'telegram'], dir.path, env);
  assert.equal(code, 0, stderr);
  assert.match(telegram.messages[0]?.text ?? '', /Tidings is connected/);
  const kept = `TELEGRAM_BOT_TOKEN=${telegram.token}\nTELEGRAM_CHAT_ID=${telegram.chat}\n`;
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), kept);
  assert.ok(!(stderr + dry.stderr).includes(telegram.token));
  assert.deepEqual(telegram.violations, []);
});

test('a chat that the bot is not in is not kept', async () => {
  await using dir = await dataDir();
  await using telegram = await startTelegramDouble();
  const env = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_URL: telegram.origin };
  const other = await inProcess(['connect', 'telegram', '--chat=-42'], dir.path, env);
  assert.match(other.stderr, /Not connected, nothing was written: .*chat not found\): check chat_id/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
});

test('doctor names the chat, says what to mend, and posts nothing', async () => {
  await using telegram = await startTelegramDouble();
  const asking = {
    signal: new AbortController().signal,
    clock: systemClock,
    version: '0',
    env: {},
    invocation: 'tidings',
  };
  const finding = async (token: string, api: string) => {
    const settings = {
      token: new Secret(token),
      chat_id: telegram.chat,
      thread: true,
      per_minute: 20,
      api_url: api,
    } as const;
    return (await check('team', settings, asking))[0];
  };
  const good = await finding(telegram.token, telegram.origin);
  assert.deepEqual(
    [good?.status, good?.detail],
    ['ok', 'the bot posts to the supergroup "Releases"; nothing was posted'],
  );
  const revoked = await finding('123456789:another-token-of-nobody', telegram.origin);
  assert.deepEqual([revoked?.status, revoked?.fix], ['fail', 'Mend that, or connect anew: tidings connect telegram']);
  assert.equal((await finding(telegram.token, 'http://127.0.0.1:1'))?.status, 'warn');
  assert.deepEqual(telegram.messages, []);
});
