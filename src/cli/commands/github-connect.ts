import { ownerText } from '../../model/recovery.ts';
import { type Webhook, WebhookError } from '../../model/webhooks.ts';
import { plural } from '../../shared/time-words.ts';
import { eventsWith, missingEvents, ownHooks, sameAddress, settingFaults } from '../../sources/github/hook-faults.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { awaitPing } from '../github/await-ping.ts';
import { connectByHand } from '../github/by-hand.ts';
import { type Fault, inspect } from '../github/inspect.ts';
import { commandFor, type Desk, type GithubConnectOptions, knownUrl, type Setup, setUp } from '../github/setup.ts';
import { secretWords } from '../place-words.ts';

const EXITS = { not_allowed: EXIT.failed, refused: EXIT.failed, unreachable: EXIT.unreachable } as const;
const WAIT_S = 30;

/** Makes the webhook that calls here, checks it, or mends it. What would be changed is shown and asked first. */
export async function githubConnect(context: Context, target: string, options: GithubConnectOptions): Promise<void> {
  const setup = await setUp(context, target, options);
  if (!options.json) warnOfMissing(setup);
  try {
    await connect(setup);
  } catch (error) {
    throw error instanceof WebhookError ? new CliError(EXITS[error.reason], error.message, { cause: error }) : error;
  }
}

async function connect(setup: Setup): Promise<void> {
  const { app, owner, options, context } = setup;
  if (!options.check) knownUrl(setup);
  const opened = await app.webhooks(owner);
  if (opened === null) {
    if (!options.check && !options.update) return connectByHand(setup);
    throw new CliError(
      EXIT.failed,
      'GitHub shows webhooks to a token only: set GITHUB_TOKEN, or sign in with `gh auth login`.',
    );
  }
  if (!options.json) context.say(`Asking GitHub with ${tokenWords(opened.tokenFrom)}.`);
  const desk = { ...setup, webhooks: opened.webhooks };
  if (options.check) return check(desk);
  return options.update ? update(desk) : create(desk);
}

async function create(desk: Desk): Promise<void> {
  const { context, webhooks, owner, source, needed } = desk;
  const url = knownUrl(desk);
  const all = await webhooks.list();
  const there = all.find((hook) => sameAddress(hook.url, url));
  if (there !== undefined) return alreadyThere(desk, there);
  for (const other of ownHooks(all, null, source.name)) {
    context.say(
      `There is webhook ${other.id}, which calls ${other.url}. To move that one instead: ${commandFor(desk, '--update')}`,
    );
  }
  showPlan(
    desk,
    [`Makes this webhook for ${ownerText(owner)}:`],
    [
      ['Payload URL', url],
      ['Content type', 'application/json'],
      ['Secret', secretWords(source)],
      ['Events', needed.events.join(', ')],
      ['Active', 'yes, SSL verification on'],
    ],
  );
  await agree(desk, 'Make it?');
  const since = context.app.clock.now();
  const hook = await webhooks.create({ url, secret: secretOf(desk), events: needed.events });
  context.say(`${context.err.green('made')}   webhook ${hook.id}`);
  await awaitPing(desk, { hook, before: new Set(), since, waitS: desk.options.wait ?? WAIT_S });
  context.say(`\nNext:  something the rules tell, such as a new issue. Its story: ${context.app.invocation} events`);
}

function alreadyThere(desk: Desk, hook: Webhook): void {
  const { context, needed, url } = desk;
  context.say(`There is a webhook for this address: ${hook.id}, ${hook.isActive ? 'active' : 'switched off'}.`);
  const faults = settingFaults(hook, { url, events: needed.events });
  for (const { detail } of faults) context.say(`${context.err.red('fault')}  ${detail}`);
  context.say(
    `\nNothing was changed. Look closer: ${commandFor(desk, '--check')}\nSet it anew, secret and all: ${commandFor(desk, '--update')}`,
  );
  if (faults.length > 0) throw new CliError(EXIT.failed, `${plural(faults.length, 'fault')} in the webhook.`);
}

async function check(desk: Desk): Promise<void> {
  const { context, options, owner, webhooks, url, needed, source } = desk;
  const command = commandFor(desk);
  const wanted = { owner, url, events: needed.events, source: source.name, secretFrom: secretWords(source), command };
  const { hook, faults, notes } = await inspect(webhooks, wanted);
  if (options.json) await context.printJson({ owner: ownerText(owner), hook: hook && shown(hook), faults, notes });
  else {
    if (hook !== null) await context.print(`webhook ${hook.id}  ${hook.url}`);
    for (const fault of faults) await context.print(...faultLines(fault, context));
    for (const note of notes) await context.print(`${context.out.dim('note ')}  ${note}`);
    if (faults.length === 0)
      await context.print(`${context.out.green('ok')}     it sends what the rules need, and is answered`);
  }
  if (faults.length > 0) throw new CliError(EXIT.failed, `${plural(faults.length, 'fault')} found.`);
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

function faultLines({ detail, fix }: Fault, { out }: Context): readonly string[] {
  const [first = '', ...rest] = detail.split('\n');
  return [`${out.red('fault')}  ${first}`, ...rest.map((line) => `       ${line}`), `       → ${fix}`];
}

async function update(desk: Desk): Promise<void> {
  const { context, webhooks, owner, source, needed } = desk;
  const url = knownUrl(desk);
  const hook = theOne(desk, ownHooks(await webhooks.list(), url, source.name));
  const missing = missingEvents(hook, needed.events);
  const events = eventsWith(hook, needed.events);
  const changes = [
    !sameAddress(hook.url, url) && ['Payload URL', `${hook.url} → ${url}`],
    hook.contentType !== 'json' && ['Content type', `${hook.contentType} → application/json`],
    ['Secret', `set again, ${secretWords(source)}`],
    missing.length > 0 && ['Events', `${hook.events.join(', ') || 'none'} → ${events.join(', ')}`],
    !hook.isActive && ['Active', 'no → yes'],
    !hook.verifiesTls && ['SSL verification', 'off → on'],
  ].filter((change) => change !== false);
  showPlan(desk, [`Changes webhook ${hook.id} of ${ownerText(owner)}, and pings it:`], changes as [string, string][]);
  await agree(desk, 'Change it?');
  const since = context.app.clock.now();
  const before = new Set((await webhooks.tries(hook.id)).map(({ guid }) => guid));
  const changed = await webhooks.update(hook.id, { url, secret: secretOf(desk), events });
  context.say(`${context.err.green('set')}    webhook ${hook.id}`);
  await webhooks.ping(hook.id);
  await awaitPing(desk, { hook: changed, before, since, waitS: desk.options.wait ?? WAIT_S });
}

/** @throws CliError, exit code 3 */
function theOne(desk: Desk, found: readonly Webhook[]): Webhook {
  const [hook, ...more] = found;
  if (hook === undefined) {
    throw new CliError(
      EXIT.notFound,
      `No webhook of ${ownerText(desk.owner)} calls this receiver. Make one: ${commandFor(desk)}`,
    );
  }
  if (more.length === 0) return hook;
  const list = found.map(({ id, url }) => `\n  ${id}  ${url}`).join('');
  throw new CliError(EXIT.notFound, `Several webhooks call such an address; remove all but one at GitHub:${list}`);
}

function showPlan({ context }: Desk, head: readonly string[], rows: readonly (readonly [string, string])[]): void {
  for (const line of head) context.say(`\n${line}`);
  for (const [name, value] of rows) context.say(`  ${name.padEnd(16)}  ${value}`);
  context.say('');
}

/** @throws CliError when nobody can be asked, or says no */
async function agree({ context, options }: Desk, message: string): Promise<void> {
  if (options.yes || (await context.ask.confirm({ message, instead: 'add --yes' }))) return;
  throw new CliError(EXIT.interrupted, 'Nothing was changed.');
}

function secretOf({ source }: Desk) {
  const [secret] = source.secrets;
  if (secret !== undefined) return secret;
  throw new CliError(EXIT.usage, `The source ${source.name} has no secret. Set GITHUB_WEBHOOK_SECRET.`);
}

function warnOfMissing({ context, needed: { missing } }: Setup): void {
  for (const { event, instead } of missing) {
    context.say(`${context.err.yellow('Warning')}: a rule is about ${event}, which only ${instead} is sent.`);
  }
}

function tokenWords(from: string): string {
  return from === 'GITHUB_TOKEN' ? from : `the token of \`${from}\``;
}
