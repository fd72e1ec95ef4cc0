import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { request } from '../../../shared/outbound.ts';
import { Secret } from '../../../shared/secret.ts';
import { WEBHOOK_VARIABLE, webhookProblem } from '../shapes.ts';
import { webhookAt } from '../webhook.ts';
import { readAnswer } from '../webhook-answer.ts';
import { HELLO } from './hello.ts';
import { lookAt, type Unseen, unseen } from './look.ts';

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

/** Takes a webhook, proves it, and keeps it in `.env`. Nothing is written before the proof. */
async function connectDiscord(talk: Talk, { options }: Typed): Promise<void> {
  const url = await takeWebhook(talk);
  const seen = await lookAt(url, talk.signal, talk.clock);
  if (!seen.ok) throw notConnected(talk, seen);
  const where = `channel ${seen.channel} (webhook ${seen.name})`;
  if (!(await mayReplace(talk, url, options['replace'] === true))) return talk.say('Nothing was posted or written.');
  const hello = options['hello'] !== false;
  const kept = `${WEBHOOK_VARIABLE} in ${talk.envFile} (mode 0600)`;
  talk.say(hello ? `Posts one hello to ${where}, then keeps ${kept}.` : `Posts nothing to ${where}; keeps ${kept}.`);
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was posted or written.');
  if (hello) {
    await greet(talk, url, typeof options['thread'] === 'string' ? options['thread'] : null);
    talk.say(`${talk.err.green('posted')} a hello to ${where}`);
  }
  keep(talk, url);
  await sayNext(talk);
}

/** Piped in, set already, or pasted where nobody sees it. @throws ConnectError */
async function takeWebhook(talk: Talk): Promise<Secret> {
  const piped = await talk.piped();
  if (piped !== null) return checked('What was piped in', piped);
  const set = (await talk.settings()).set.text(WEBHOOK_VARIABLE);
  if (set !== null && (!talk.hasTerminal || (await usesWhatIsSet(talk)))) return checked(WEBHOOK_VARIABLE, set);
  for (const line of STEPS) talk.say(line);
  const text = await talk.ask.hidden({
    message: 'The Webhook URL (it does not show):',
    instead: `pipe it in, or set ${WEBHOOK_VARIABLE}`,
    validate: (value) => (value === '' ? 'Paste it here; it does not show.' : problemOf('This', value)),
  });
  return new Secret(text);
}

function usesWhatIsSet(talk: Talk): Promise<boolean> {
  const message = `${WEBHOOK_VARIABLE} is set already. Connect with it?`;
  return talk.ask.confirm({ message, instead: 'nothing is needed' });
}

function checked(what: string, text: string): Secret {
  const problem = problemOf(what, text);
  if (problem !== undefined) throw new ConnectError('usage', problem);
  return new Secret(text);
}

function problemOf(what: string, text: string): string | undefined {
  const problem = webhookProblem(text);
  return problem === undefined ? undefined : `${what} ${problem}`;
}

async function mayReplace(talk: Talk, url: Secret, replace: boolean): Promise<boolean> {
  const kept = (await talk.settings()).kept.text(WEBHOOK_VARIABLE);
  if (replace || kept === null || kept === url.reveal()) return true;
  const message = `${talk.envFile} has another ${WEBHOOK_VARIABLE}. Replace it?`;
  return talk.ask.confirm({ message, instead: 'add --replace', initial: false });
}

async function greet(talk: Talk, url: Secret, thread: string | null): Promise<void> {
  const { content: _, ...body } = HELLO;
  const result = await request({ ...webhookAt(url).post(body, thread), timeoutMs: 10_000, signal: talk.signal });
  const answer = readAnswer(result, talk.clock.now());
  if (answer.kind !== 'ok') throw notConnected(talk, unseen(answer));
}

function notConnected({ signal }: Talk, { kind, problem }: Unseen): ConnectError {
  if (signal.aborted) return new ConnectError('interrupted', 'Interrupted. Nothing was written.');
  return new ConnectError(
    kind === 'refused' ? 'failed' : 'unreachable',
    `Not connected, nothing was written: ${problem}.`,
  );
}

function keep(talk: Talk, url: Secret): void {
  const { shadowed } = talk.keep({ [WEBHOOK_VARIABLE]: url.reveal() });
  talk.say(`${talk.err.green('kept')}   ${WEBHOOK_VARIABLE} in ${talk.envFile}`);
  for (const name of shadowed) {
    const warning = talk.err.yellow('Warning');
    talk.say(`${warning}: ${name} is set otherwise in this environment, which wins over the file: unset ${name}`);
  }
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
