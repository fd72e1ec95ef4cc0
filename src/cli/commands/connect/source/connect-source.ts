import type { Config } from '../../../../config/config.ts';
import { secretWords, webhookPath } from '../../../../config/describe/place-words.ts';
import { addressOf, type SourceAddress } from '../../../../config/describe/source-address.ts';
import { isHttpUrl } from '../../../../config/parts/http-url.ts';
import { type Connect, ConnectError, type Typed } from '../../../../model/plugin/connect.ts';
import type { Provider } from '../../../../model/plugin/provider.ts';
import type { Setup } from '../../../../model/plugin/setup.ts';
import type { Talk } from '../../../../model/plugin/talk.ts';
import { type Context, readConfig } from '../../../context.ts';
import { stepWords } from '../../../words/step-words.ts';
import { awaitDelivery } from './await-delivery.ts';
import { entered } from './enter.ts';
import { chosenSecret, issuedSecret, type Kept } from './secret.ts';
import { type WantedSource, wantedSource } from './wanted-source.ts';

interface Row {
  readonly name: string;
  readonly provider: Provider<unknown>;
}

/** All that is known before anything is asked. */
interface Setting {
  readonly row: Row;
  readonly setup: Setup;
  readonly config: Config;
  readonly wanted: WantedSource;
  readonly address: SourceAddress;
}

/** `tidings connect <provider>` for each that has no `connect` of its own. */
export function sourceConnect(context: Context, row: Row, setup: Setup): Connect {
  const { title, secret } = row.provider;
  const { who = title } = setup;
  const isChosen = secret.from === 'chosen';
  return {
    says: `receive from ${who}: what to click there, what to set here; waits for the first delivery`,
    options: [
      { flags: '--source <name>', says: 'which source, where there are several; or the name of a new one' },
      { flags: '--url <url>', says: `what is to be called (default: PUBLIC_URL, else the open tunnel)` },
      ...(isChosen ? [{ flags: '--paste', says: 'take a secret that is there already, in place of making one' }] : []),
      { flags: '--replace', says: `put the ${isChosen ? 'new ' : ''}secret in the place of another that .env holds` },
      {
        flags: '--timeout <seconds>',
        says: 'how long to wait for the first delivery (default: until Ctrl-C; without a terminal not at all)',
        whole: { what: 'a number of seconds', least: 1, most: 86_400 },
      },
      { flags: '--no-wait', says: 'do not wait for it' },
    ],
    examples: [
      ['', isChosen ? 'makes a secret, or tells the one that is set' : 'asks for the secret'],
      [isChosen ? '--paste < secret.txt' : '< secret.txt', 'asks nothing, and does not wait'],
      ['--no-wait', ''],
    ],
    note: isChosen
      ? `The secret is kept in .env as ${secret.variable}.`
      : `The secret is no option: it is pasted at a prompt, piped in, or set as ${secret.variable}.`,
    run: (talk, typed) => connectSource(context, talk, { row, setup, options: typed.options }),
  };
}

async function connectSource(context: Context, talk: Talk, wish: Wish): Promise<void> {
  const { row, setup, options } = wish;
  const setting = await settingOf(context, talk, wish);
  const { wanted } = setting;
  const choice = {
    wanted,
    setup,
    provider: row.provider,
    paste: options['paste'] === true,
    replace: options['replace'] === true,
  };
  let kept: Kept | null = null;
  if (row.provider.secret.from === 'chosen') {
    kept = await chosenSecret(talk, choice);
    saySteps(talk, setting, kept);
  } else {
    saySteps(talk, setting, null);
    kept = await issuedSecret(talk, choice);
  }
  if (kept === null) return talk.say('Nothing was changed.');
  await entered(context, talk, wanted);
  const { timeout } = options;
  const seconds = typeof timeout === 'number' ? timeout : null;
  if (options['wait'] === false || (seconds === null && !talk.hasTerminal)) return sayNext(talk, setting, kept);
  await awaitDelivery(context, talk, {
    name: wanted.name,
    title: row.provider.title,
    setup,
    seconds,
    isNew: kept.isNew || wanted.isMissing,
    address: setting.address.url,
  });
}

interface Wish {
  readonly row: Row;
  readonly setup: Setup;
  readonly options: Typed['options'];
}

/** @throws ConnectError; ConfigError */
async function settingOf(context: Context, talk: Talk, { row, setup, options }: Wish): Promise<Setting> {
  const config = await readConfig(context);
  const { source, url } = options;
  const name = typeof source === 'string' ? source : undefined;
  const wanted = wantedSource(config, await talk.settings(), { row, name });
  const known = { name: wanted.name, settings: wanted.configured?.settings ?? {} };
  const address =
    typeof url === 'string'
      ? { url: completed(url, webhookPath(wanted.name)), from: 'settings' as const }
      : addressOf(config, known, row.provider);
  return { row, setup, config, wanted, address };
}

/** A bare host gets the path. */
function completed(text: string, path: string): string {
  const url = isHttpUrl(text) ? URL.parse(text) : null;
  if (url === null) {
    throw new ConnectError('usage', `--url "${text}" is no address that begins with https:// or http://.`);
  }
  return url.pathname === '/' ? `${url.origin}${path}` : text;
}

function saySteps(talk: Talk, { row, setup, wanted, address }: Setting, kept: Kept | null): void {
  const { title, secret } = row.provider;
  const { err } = talk;
  const isHere = address.from === 'here';
  const url = isHere ? `https://YOUR.HOST${webhookPath(wanted.name)}` : address.url;
  const variable = wanted.variable ?? secret.variable;
  talk.say(`  Address  ${err.cyan(url)}`);
  if (kept !== null) saySecret(talk, kept, wanted);
  if (isHere) {
    talk.say('\nNobody said yet where this server is reached from outside. Either');
    talk.say('  set PUBLIC_URL=https://your.host (or give --url) where it has an address, or');
    talk.say(`  open a tunnel, and type this again beside it:  ${talk.invocation} start --tunnel cloudflared`);
  }
  const where = `At ${title}${setup.page === null ? '' : `, ${setup.page}`}`;
  talk.say(`\n${setup.who === undefined ? where : 'What to click there'}:`);
  for (const [index, step] of setup.steps.entries()) {
    const text = step.replaceAll('{url}', url).replaceAll('{variable}', variable);
    talk.say(`  ${index + 1}.  ${stepWords(text, err)}`);
  }
  talk.say(`More: docs/sources/${row.name}.md\n`);
}

/** Whoever pastes it there has to see it; nobody else. */
function saySecret(talk: Talk, { secret, isNew }: Kept, { configured, variable }: WantedSource): void {
  if (talk.hasTerminal) return talk.sayOpenly(`  Secret   ${String(secret)}`, secret);
  talk.say(`  Secret   ${configured === null || isNew ? `what ${variable} holds` : secretWords(configured)}`);
}

function sayNext(talk: Talk, { setup, wanted }: Setting, { isNew }: Kept): void {
  talk.say(`Then: ${stepWords(setup.first, talk.err)}`);
  talk.sayNext([
    ['start', isNew ? 'stop it first where it runs: it reads secrets when it starts' : 'if it does not run yet'],
    ['sources', `whether something came to ${wanted.name}, and what was refused`],
  ]);
}
