import { type Finding, ok } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { notSeen, unseen } from '../../looked.ts';
import type { TelegramSettings } from '../settings.ts';
import { DEFAULT_API } from '../shapes.ts';
import { chatOf } from './look.ts';

/** Asks Telegram about the chat, and posts nothing. */
export async function check(name: string, settings: TelegramSettings, asking: Asking): Promise<readonly Finding[]> {
  const { token, chat_id: chat, api_url: api = DEFAULT_API } = settings;
  const seen = await chatOf({ token, api, signal: asking.signal, clock: asking.clock }, chat);
  const what = `chat of ${name}`;
  if (typeof seen === 'string') return [ok(what, `the bot posts to the ${seen}; nothing was posted`)];
  const mend = `Mend that, or connect anew: ${asking.invocation} connect telegram`;
  const wait = 'Messages wait until Telegram can be reached. Check the network of this machine.';
  return [notSeen(what, unseen(seen), { mend, wait })];
}
