import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret } from '../../../model/plugin/keeping.ts';
import type { Settings, Talk } from '../../../model/plugin/talk.ts';
import type { Secret } from '../../../shared/secret.ts';
import { refuseUnlessSent } from '../../keep-after-hello.ts';
import { mailboxIn, mailboxProblem, recipientsIn, recipientsProblem, serverProblem, VARIABLES } from '../shapes.ts';
import { outcomeOf } from '../smtp/answer.ts';
import { serverOf } from '../smtp/server.ts';
import { type Session, smtpSession } from '../smtp/session.ts';
import { askServer } from './ask-server.ts';
import { hello } from './hello.ts';

export const connect: Connect = {
  says: 'take a mail server, send a hello, keep it in .env',
  options: [
    { flags: '--from <address>', says: 'whom the mails are from: "Tidings <tidings@acme.test>"' },
    { flags: '--to <addresses>', says: 'who gets them, with commas between' },
    { flags: '--replace', says: 'put it in the place of another that .env holds' },
    { flags: '--no-hello', says: 'send nothing; log in all the same' },
    { flags: '--dry-run', says: 'log in and say what would be done; send and write nothing' },
  ],
  examples: [
    ['', 'asks for host, user, app password, from and to'],
    ['--from tidings@acme.test --to mona@acme.test < smtp-url.txt', 'asks nothing'],
  ],
  note: `The password is a secret and so no option: it is typed at a prompt, or piped in or set as ${VARIABLES.url}, smtps://USER:PASSWORD@HOST.`,
  run: connectEmail,
};

/** Takes a mail server, proves it, and keeps it in `.env`. Nothing is written before the proof. */
async function connectEmail(talk: Talk, { options }: Typed): Promise<void> {
  const settings = await talk.settings();
  const url = await takeServer(talk, settings);
  const from = await take(talk, settings, options['from'], FROM);
  const to = await take(talk, settings, options['to'], TO);
  using session = smtpSession(serverOf(url, 'required'), 30_000);
  refuseUnlessSent(talk, outcomeOf(await session.knock(talk.signal)));
  const recipients = recipientsIn(to);
  const where = `${recipients.join(', ')} by ${new URL(url.reveal()).hostname}`;
  const variables = { [VARIABLES.url]: url.reveal(), [VARIABLES.from]: from, [VARIABLES.to]: to };
  if (!(await mayReplace(talk, variables, options['replace'] === true))) {
    return talk.say('Nothing was sent or written.');
  }
  const greets = options['hello'] !== false;
  const kept = `${Object.values(VARIABLES).join(', ')} in ${talk.envFile} (mode 0600)`;
  talk.say(greets ? `Sends one hello to ${where}, then keeps ${kept}.` : `Sends nothing to ${where}; keeps ${kept}.`);
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was sent or written.');
  if (greets) await greet(talk, session, from, recipients);
  keepVariables(talk, variables);
  await sayNext(talk);
}

async function takeServer(talk: Talk, { set }: Settings): Promise<Secret> {
  const piped = await talk.piped();
  if (piped === null && set.text(VARIABLES.url) === null) return askServer(talk);
  const message = 'smtps://USER:PASSWORD@HOST (it does not show):';
  return takeSecret(talk, piped, { variable: VARIABLES.url, message, steps: [], problemOf: serverProblem });
}

interface Asked {
  readonly variable: string;
  readonly option: string;
  readonly message: string;
  problemOf(text: string): string | undefined;
}

const FROM: Asked = {
  variable: VARIABLES.from,
  option: '--from',
  message: 'From which address? An alias of that user, as in Tidings <tidings@acme.test>',
  problemOf: mailboxProblem,
};
const TO: Asked = {
  variable: VARIABLES.to,
  option: '--to',
  message: 'To whom? Addresses, with commas between',
  problemOf: recipientsProblem,
};

/** What was typed, is set, or is answered. @throws ConnectError */
async function take(talk: Talk, { set }: Settings, typed: unknown, asked: Asked): Promise<string> {
  const { variable, option, message, problemOf } = asked;
  const given = typeof typed === 'string' ? typed : set.text(variable);
  if (given === null) {
    const validate = (value: string) => said('It', problemOf(value));
    return talk.ask.text({ message, instead: `add ${option}, or set ${variable}`, validate });
  }
  const problem = said(typeof typed === 'string' ? option : variable, problemOf(given));
  if (problem !== undefined) throw new ConnectError('usage', problem);
  return given;
}

function said(what: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${what} ${problem}`;
}

async function greet(talk: Talk, session: Session, from: string, recipients: readonly string[]): Promise<void> {
  const sender = mailboxIn(from) ?? { name: '', address: from };
  for (const recipient of recipients) {
    const parcel = await hello(sender, recipient, talk.clock.now());
    refuseUnlessSent(talk, outcomeOf(await session.send(parcel, { signal: talk.signal })));
    talk.say(`${talk.err.green('sent')}   a hello to ${recipient}; look for it, in the spam too`);
  }
}

async function sayNext(talk: Talk): Promise<void> {
  const { ownDestinations: own } = await talk.settings();
  talk.say('');
  if (own !== null && !own.variables.includes(VARIABLES.url)) {
    const name = own.names.includes('email') ? 'email-2' : 'email';
    talk.say(
      `${talk.shortPath(own.path)} has its own destinations. Add this one there, and name it in a rule's \`to\`:\n`,
    );
    const { url, from, to } = VARIABLES;
    talk.say(`  ${name}: { type: email, smtp_url: "\${${url}}", from: "\${${from}}", to: "\${${to}}" }\n`);
  }
  talk.sayNext([
    ['start', 'if it does not run yet; if it does, it picks the change up by itself'],
    ['send issues.opened', 'a signed sample, sent as a mail'],
  ]);
}
