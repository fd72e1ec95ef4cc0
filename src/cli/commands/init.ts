import { type Command, Option } from 'commander';
import { CATALOG } from '../../catalog.ts';
import { shortPath } from '../../config/describe/place-words.ts';
import { newConfigFile } from '../../config/new-config-file.ts';
import { type EnvFile, envFile } from '../../config/read/env-file.ts';
import { STARTERS, type Starter, type StarterChoice, starterFile, starterWords } from '../../config/starter-file.ts';
import { providerOf } from '../../run/sources.ts';
import { newSecret } from '../../shared/ids.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig } from '../context.ts';
import { sayNext } from '../next-steps.ts';
import { examples } from '../options.ts';

interface InitOptions {
  readonly tell?: Starter;
  readonly repos?: string;
  /** False: `--no-bots`. Commander sets true where it is not given. */
  readonly bots: boolean;
  readonly yes?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('write a first tidings.yaml and .env here; overwrites nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['init', 'asks three things'],
        ['init --tell team --repos "acme/*,!acme/sandbox" --no-bots --yes', 'asks nothing'],
      ]),
    )
    .addOption(new Option('--tell <what>', 'what to post').choices(STARTERS))
    .option('--repos <globs>', 'of which repositories, comma-separated; ! excludes')
    .option('--no-bots', 'leave out what bots do')
    .option('--yes', 'ask nothing: defaults for whatever is not given')
    .action((options: InitOptions) => init(context, options));
}

/** Asks at most three things, writes tidings.yaml and .env, overwrites neither, and says what is next. */
async function init(context: Context, options: InitOptions): Promise<void> {
  const { env, cwd } = context.surroundings;
  const [configFile, secrets] = [newConfigFile(env, cwd), envFile(cwd, env)];
  context.say(
    `Writes ${shortPath(configFile.path)} (what to post) and ${shortPath(secrets.path)} (secrets, mode 0600).`,
  );
  context.say('What is there stays as it is.\n');
  const text = starterFile(await choiceOf(context, options));
  const isNew = configFile.write(text) === 'written';
  context.say(`${mark(context, isNew)} ${shortPath(configFile.path)}${isNew ? '' : ': there already, left as it is'}`);
  await keepSecret(context, secrets, await secretInUse(context));
  context.say('');
  const { byDefault, proposed } = CATALOG;
  sayNext(context, [
    ['start', 'receive, with messages on the terminal'],
    [`connect ${proposed.channel}`, `messages in ${proposed.title} instead, also while it runs`],
    [`connect ${byDefault.provider} owner/repo`, 'make the webhook'],
  ]);
}

async function choiceOf(context: Context, options: InitOptions): Promise<StarterChoice> {
  const instead = 'add --yes to take the defaults, or --tell, --repos and --no-bots';
  const asks = options.yes === undefined;
  const tell = options.tell ?? (asks ? await askWhat(context, instead) : 'classics');
  const repos = globsOf(options.repos ?? (asks ? await askWhere(context, instead) : ''));
  const ignoresBots =
    !options.bots || (asks && !(await context.ask.confirm({ message: 'Also what bots do?', initial: false, instead })));
  const problem = repos.map(globProblem).find((found) => found !== undefined);
  if (problem !== undefined) throw new CliError(EXIT.usage, problem);
  return { tell, repos, ignoresBots };
}

function askWhat(context: Context, instead: string): Promise<Starter> {
  const labels = {
    classics: 'The four classics',
    team: 'What a team follows',
    everything: 'Everything Tidings has words for',
  } satisfies Record<Starter, string>;
  return context.ask.choose({
    message: 'What shall be posted? (you can change it in the file at any time)',
    instead,
    choices: STARTERS.map((value) => ({ value, label: labels[value], hint: starterWords(value) })),
  });
}

function askWhere(context: Context, instead: string): Promise<string> {
  return context.ask.text({
    message: 'Of which repositories? Such as acme/api, or acme/* but !acme/sandbox; empty for all',
    instead,
    validate: (value) =>
      globsOf(value)
        .map(globProblem)
        .find((problem) => problem !== undefined),
  });
}

function globsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((glob) => glob !== '' && glob !== 'but');
}

function globProblem(glob: string): string | undefined {
  return /^!?[^!/]+\/[^/]+$/.test(glob)
    ? undefined
    : `"${glob}" is compared with "owner/name": write acme/api or acme/*.`;
}

/** The secret that the webhook may have already must not change; without one there is a new one. */
async function secretInUse(context: Context): Promise<string | null> {
  const config = await readConfig(context);
  const secrets = config.sources.flatMap((source) => (source.secretOrigin.kind === 'generated' ? source.secrets : []));
  const isGiven = config.sources.every(({ secretOrigin }) => secretOrigin.kind !== 'generated');
  return isGiven ? null : (secrets[0]?.reveal() ?? newSecret());
}

async function keepSecret(context: Context, file: EnvFile, secret: string | null): Promise<void> {
  if (secret === null) {
    context.say(`${mark(context, false)} ${shortPath(file.path)}: a webhook secret is set already, left as it is`);
    return;
  }
  const { title, secret: form } = await providerOf(CATALOG.byDefault);
  file.keep({ [form.variable]: secret });
  context.say(`${mark(context, true)} ${shortPath(file.path)}: ${form.variable}, to be set at ${title}'s webhook too`);
}

function mark({ err }: Context, isNew: boolean): string {
  return isNew ? err.green('wrote') : err.dim('kept ');
}
