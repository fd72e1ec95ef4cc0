import { type Connect, ConnectError } from '../../../model/plugin/connect.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { ownerText } from '../../../model/recovery.ts';
import { plural } from '../../../shared/time-words.ts';
import { eventsWith, missingEvents, ownHooks, sameAddress, settingFaults } from '../hooks/hook-faults.ts';
import { openWebhooks } from '../hooks/open-webhooks.ts';
import { type Webhook, WebhookError } from '../hooks/webhooks.ts';
import { awaitPing } from './await-ping.ts';
import { connectByHand } from './by-hand.ts';
import { type Fault, inspect } from './inspect.ts';
import { commandFor, type GithubConnectOptions, knownUrl, type OpenSetup, type Setup, setUp } from './setup.ts';

const REASONS = { not_allowed: 'failed', refused: 'failed', unreachable: 'unreachable' } as const;
const WAIT_S = 30;

export const connect: Connect = {
  says: 'make the webhook that calls here, and wait for its ping; --check and --update one that is there',
  argument: { name: '<owner/repo | org>', says: 'such as acme/api, or acme' },
  options: [
    { flags: '--url <url>', says: 'where GitHub reaches this server (default: PUBLIC_URL, else the open tunnel)' },
    { flags: '--source <name>', says: 'which source it calls, where there are several' },
    { flags: '--check', says: 'hold the webhook against what the rules need', conflicts: ['update', 'yes'] },
    { flags: '--update', says: 'mend the webhook, set the secret again, and ping it' },
    { flags: '--yes', says: 'do not ask before changing anything' },
    {
      flags: '--wait <seconds>',
      says: 'for the ping (default: 30)',
      whole: { what: 'a number of seconds', least: 1, most: 3_600 },
    },
    { flags: '--json', says: 'JSON lines on stdout' },
  ],
  examples: [
    ['acme/api', 'needs GITHUB_TOKEN or gh; without, says what to paste'],
    ['acme --url https://tidings.example.org --yes', "an organisation's; asks nothing"],
    ['acme/api --check', 'changes nothing'],
    ['acme/api --update', 'mends it, secret and all'],
  ],
  note: 'The token may: of a repository "Webhooks: read and write" (classic: admin:repo_hook), of an organisation the same (admin:org_hook).',
  run: (talk, { argument = '', options }) => talk.untilStopped(connectGithub(talk, argument, options)),
};

/** Makes the webhook that calls here, checks it, or mends it. What would be changed is shown and asked first. */
async function connectGithub(talk: Talk, target: string, options: GithubConnectOptions): Promise<void> {
  const setup = await setUp(talk, target, options);
  if (!options.json) warnOfMissing(setup);
  try {
    await makeOrMend(setup);
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    throw new ConnectError(REASONS[error.reason], error.message, { cause: error });
  }
}

async function makeOrMend(setup: Setup): Promise<void> {
  const { source, owner, options, talk } = setup;
  if (!options.check) knownUrl(setup);
  const opened = await openWebhooks(source.settings, owner, talk);
  if (opened === null) {
    if (!options.check && !options.update) return connectByHand(setup);
    throw new ConnectError(
      'failed',
      'GitHub shows webhooks to a token only: set GITHUB_TOKEN, or sign in with `gh auth login`.',
    );
  }
  if (!options.json) talk.say(`Asking GitHub with ${tokenWords(opened.tokenFrom)}.`);
  const open = { ...setup, webhooks: opened.webhooks };
  if (options.check) return check(open);
  return options.update ? update(open) : create(open);
}

async function create(setup: OpenSetup): Promise<void> {
  const { talk, webhooks, owner, source, needed } = setup;
  const url = knownUrl(setup);
  const all = await webhooks.list();
  const there = all.find((hook) => sameAddress(hook.url, url));
  if (there !== undefined) return alreadyThere(setup, there);
  for (const other of ownHooks(all, null, source.name)) {
    talk.say(
      `There is webhook ${other.id}, which calls ${other.url}. To move that one instead: ${commandFor(setup, '--update')}`,
    );
  }
  showPlan(
    setup,
    [`Makes this webhook for ${ownerText(owner)}:`],
    [
      ['Payload URL', url],
      ['Content type', 'application/json'],
      ['Secret', source.secretFrom],
      ['Events', needed.events.join(', ')],
      ['Active', 'yes, SSL verification on'],
    ],
  );
  await agree(setup, 'Make it?');
  const since = talk.clock.now();
  const hook = await webhooks.create({ url, secret: secretOf(setup), events: needed.events });
  talk.say(`${talk.err.green('made')}   webhook ${hook.id}`);
  await awaitPing(setup, { hook, before: new Set(), since, waitS: setup.options.wait ?? WAIT_S });
  talk.say(`\nNext:  something the rules tell, such as a new issue. Its story: ${talk.invocation} events`);
}

function alreadyThere(setup: OpenSetup, hook: Webhook): void {
  const { talk, needed, url } = setup;
  talk.say(`There is a webhook for this address: ${hook.id}, ${hook.isActive ? 'active' : 'switched off'}.`);
  const faults = settingFaults(hook, { url, events: needed.events });
  for (const { detail } of faults) talk.say(`${talk.err.red('fault')}  ${detail}`);
  talk.say(
    `\nNothing was changed. Look closer: ${commandFor(setup, '--check')}\nSet it anew, secret and all: ${commandFor(setup, '--update')}`,
  );
  if (faults.length > 0) throw new ConnectError('failed', `${plural(faults.length, 'fault')} in the webhook.`);
}

async function check(setup: OpenSetup): Promise<void> {
  const { talk, options, owner, webhooks, url, needed, source } = setup;
  const command = commandFor(setup);
  const wanted = {
    owner,
    url,
    events: needed.events,
    source: source.name,
    secretFrom: source.secretFrom,
    invocation: talk.invocation,
    command,
  };
  const { hook, faults, notes } = await inspect(webhooks, wanted);
  if (options.json) await talk.printJson({ owner: ownerText(owner), hook: hook && shown(hook), faults, notes });
  else {
    if (hook !== null) await talk.print(`webhook ${hook.id}  ${hook.url}`);
    for (const fault of faults) await talk.print(...faultLines(fault, talk));
    for (const note of notes) await talk.print(`${talk.out.dim('note ')}  ${note}`);
    if (faults.length === 0)
      await talk.print(`${talk.out.green('ok')}     it sends what the rules need, and is answered`);
  }
  if (faults.length > 0) throw new ConnectError('failed', `${plural(faults.length, 'fault')} found.`);
}

function shown({ id, url, isActive, events, contentType, hasSecret, verifiesTls }: Webhook): object {
  return {
    id,
    url,
    active: isActive,
    events,
    content_type: contentType,
    has_secret: hasSecret,
    verifies_tls: verifiesTls,
  };
}

function faultLines({ detail, fix }: Fault, { out }: Talk): readonly string[] {
  const [first = '', ...rest] = detail.split('\n');
  return [`${out.red('fault')}  ${first}`, ...rest.map((line) => `       ${line}`), `       → ${fix}`];
}

async function update(setup: OpenSetup): Promise<void> {
  const { talk, webhooks, owner, source, needed } = setup;
  const url = knownUrl(setup);
  const hook = theOne(setup, ownHooks(await webhooks.list(), url, source.name));
  const missing = missingEvents(hook, needed.events);
  const events = eventsWith(hook, needed.events);
  const changes = [
    !sameAddress(hook.url, url) && ['Payload URL', `${hook.url} → ${url}`],
    hook.contentType !== 'json' && ['Content type', `${hook.contentType} → application/json`],
    ['Secret', `set again, ${source.secretFrom}`],
    missing.length > 0 && ['Events', `${hook.events.join(', ') || 'none'} → ${events.join(', ')}`],
    !hook.isActive && ['Active', 'no → yes'],
    !hook.verifiesTls && ['SSL verification', 'off → on'],
  ].filter((change) => change !== false);
  showPlan(setup, [`Changes webhook ${hook.id} of ${ownerText(owner)}, and pings it:`], changes as [string, string][]);
  await agree(setup, 'Change it?');
  const since = talk.clock.now();
  const before = new Set((await webhooks.tries(hook.id)).map(({ guid }) => guid));
  const changed = await webhooks.update(hook.id, { url, secret: secretOf(setup), events });
  talk.say(`${talk.err.green('set')}    webhook ${hook.id}`);
  await webhooks.ping(hook.id);
  await awaitPing(setup, { hook: changed, before, since, waitS: setup.options.wait ?? WAIT_S });
}

/** @throws ConnectError */
function theOne(setup: OpenSetup, found: readonly Webhook[]): Webhook {
  const [hook, ...more] = found;
  if (hook === undefined) {
    throw new ConnectError(
      'not_found',
      `No webhook of ${ownerText(setup.owner)} calls this receiver. Make one: ${commandFor(setup)}`,
    );
  }
  if (more.length === 0) return hook;
  const list = found.map(({ id, url }) => `\n  ${id}  ${url}`).join('');
  throw new ConnectError('not_found', `Several webhooks call such an address; remove all but one at GitHub:${list}`);
}

function showPlan({ talk }: OpenSetup, head: readonly string[], rows: readonly (readonly [string, string])[]): void {
  for (const line of head) talk.say(`\n${line}`);
  for (const [name, value] of rows) talk.say(`  ${name.padEnd(16)}  ${value}`);
  talk.say('');
}

/** @throws ConnectError when nobody can be asked, or says no */
async function agree({ talk, options }: OpenSetup, message: string): Promise<void> {
  if (options.yes || (await talk.ask.confirm({ message, instead: 'add --yes' }))) return;
  throw new ConnectError('interrupted', 'Nothing was changed.');
}

function secretOf({ source }: OpenSetup) {
  const [secret] = source.secrets;
  if (secret !== undefined) return secret;
  throw new ConnectError('usage', `The source ${source.name} has no secret. Set GITHUB_WEBHOOK_SECRET.`);
}

function warnOfMissing({ talk, needed: { missing } }: Setup): void {
  for (const { event, instead } of missing) {
    talk.say(`${talk.err.yellow('Warning')}: a rule is about ${event}, which only ${instead} is sent.`);
  }
}

function tokenWords(from: string): string {
  return from === 'GITHUB_TOKEN' ? from : `the token of \`${from}\``;
}
