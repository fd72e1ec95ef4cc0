import type { Payload } from '../../../shared/payload.ts';
import { ANTHROPIC } from './anthropic.ts';
import { CLERK } from './clerk.ts';
import { EVERYBODY_ELSE } from './everybody-else.ts';
import type { SenderName } from './names.ts';
import { OPENAI } from './openai.ts';
import { RESEND } from './resend.ts';
import type { Sender } from './sender.ts';
import { SVIX } from './svix.ts';

/** Who sends by Standard Webhooks, as far as we have words for them. */
export const SENDERS: Readonly<Record<SenderName, Sender>> = {
  anthropic: ANTHROPIC,
  clerk: CLERK,
  openai: OPENAI,
  resend: RESEND,
  svix: SVIX,
};

/** The one that is named, else the one whose events look so. */
export function senderOf(name: SenderName | undefined, payload: Payload): Sender {
  if (name !== undefined) return SENDERS[name];
  return Object.values(SENDERS).find((sender) => sender.isIts(payload)) ?? EVERYBODY_ELSE;
}
