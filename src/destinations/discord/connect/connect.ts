import type { Connect, Typed } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { request } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { notConnected } from '../../connecting.ts';
import { WEBHOOK_VARIABLE, webhookProblem } from '../shapes.ts';
import { webhookAt } from '../webhook.ts';
import { readAnswer } from '../webhook-answer.ts';
import { HELLO } from './hello.ts';
import { lookAt, unseen } from './look.ts';

export const connect: Connect = {
  says: 'take a webhook, post a hello, keep it in .env',
  options: [
    { flags: '--thread <id>', says: 'post the hello into this thread: a forum channel takes it nowhere else' },
    { flags: '--replace', says: 'put it in the place of another that .env holds' },
    { flags: '--no-hello', says: 'post nothing' },
    { flags: '--dry-run', says: 'check and say what would be done; post and write nothing' },
  ],
  examples: [
    ['', 'asks for the address'],
    ['< webhook.txt', 'asks nothing'],
  ],
  note: `The address is a secret and so no option: it is pasted at a prompt, piped in, or set as ${WEBHOOK_VARIABLE}.`,
  run: connectDiscord,
};

const STEPS = [
  '1. Discord → the channel → Edit Channel → Integrations → Webhooks → New Webhook.',
  '2. Click it, name it, Copy Webhook URL.',
  '',
];

const WANTED: Wanted = {
  variable: WEBHOOK_VARIABLE,
  message: 'The Webhook URL (it does not show):',
  steps: STEPS,
  problemOf: webhookProblem,
};

/** Takes a webhook, proves it, and keeps it in `.env`. Nothing is written before the proof. */
async function connectDiscord(talk: Talk, { options }: Typed): Promise<void> {
  const url = await takeSecret(talk, await talk.piped(), WANTED);
  const seen = await lookAt(url, talk.signal, talk.clock);
  if (!seen.ok) throw notConnected(talk, seen);
  const where = `channel ${seen.channel} (webhook ${seen.name})`;
  const variables = { [WEBHOOK_VARIABLE]: url.reveal() };
  if (!(await mayReplace(talk, variables, options['replace'] === true)))
    return talk.say('Nothing was posted or written.');
  const hello = options['hello'] !== false;
  const kept = `${WEBHOOK_VARIABLE} in ${talk.envFile} (mode 0600)`;
  talk.say(hello ? `Posts one hello to ${where}, then keeps ${kept}.` : `Posts nothing to ${where}; keeps ${kept}.`);
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was posted or written.');
  if (hello) {
    await greet(talk, url, typeof options['thread'] === 'string' ? options['thread'] : null);
    talk.say(`${talk.err.green('posted')} a hello to ${where}`);
  }
  keepVariables(talk, variables);
  await sayNext(talk);
}

async function greet(talk: Talk, url: Secret, thread: string | null): Promise<void> {
  const { content: _, ...body } = HELLO;
  const result = await request({ ...webhookAt(url).post(body, thread), timeoutMs: 10_000, signal: talk.signal });
  const answer = readAnswer(result, talk.clock.now());
  if (answer.kind !== 'ok') throw notConnected(talk, unseen(answer));
}

async function sayNext(talk: Talk): Promise<void> {
  const { ownDestinations: own } = await talk.settings();
  talk.say('');
  if (own !== null && !own.variables.includes(WEBHOOK_VARIABLE)) {
    const name = own.names.includes('discord') ? 'discord-2' : 'discord';
    const file = talk.shortPath(own.path);
    talk.say(`${file} has its own destinations. Add this one there, and name it in a rule's \`to\`:\n`);
    talk.say(`  ${name}: { type: discord, webhook_url: "\${${WEBHOOK_VARIABLE}}" }\n`);
  }
  talk.sayNext([
    ['start', 'if it does not run yet; if it does, it picks the change up by itself'],
    ['send issues.opened', 'a signed sample, posted to Discord'],
  ]);
}
