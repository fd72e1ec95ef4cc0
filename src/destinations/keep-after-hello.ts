import type { Outcome } from '../model/destination.ts';
import type { ConnectOption, Typed } from '../model/plugin/connect.ts';
import { keepVariables, mayReplace } from '../model/plugin/keeping.ts';
import type { Talk } from '../model/plugin/talk.ts';
import { notConnected } from './connecting.ts';
import { unseen } from './looked.ts';

/** What everybody's `connect` can be told. */
export const HELLO_OPTIONS: readonly ConnectOption[] = [
  { flags: '--replace', says: 'put it in the place of another that .env holds' },
  { flags: '--no-hello', says: 'post nothing' },
  { flags: '--dry-run', says: 'check and say what would be done; post and write nothing' },
];

export const HELLO_TITLE = '👋 Tidings is connected';
export const HELLO_TEXT = 'Activity that its rules ask for will be told here.';

export interface Found {
  /** `Telegram` */
  readonly title: string;
  readonly type: string;
  /** What it is called where it is added to tidings.yaml. Default: its type. */
  readonly name?: string;
  /** `the group "Releases"` */
  readonly where: string;
  /** What is kept, in `.env`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Key of tidings.yaml → its variable. */
  readonly keys: Readonly<Record<string, string>>;
  /** Further keys of tidings.yaml, as they are written there. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The variables make no destination: it has to be in tidings.yaml. */
  readonly isOnlyInFile?: boolean;
  hello(): Promise<Outcome>;
}

/** Proves a place by a hello, and keeps it in `.env`. Nothing is written before the proof. @throws ConnectError */
export async function keepAfterHello(talk: Talk, { options }: Typed, found: Found): Promise<void> {
  const { where, variables, title } = found;
  if (!(await mayReplace(talk, variables, options['replace'] === true)))
    return talk.say('Nothing was posted or written.');
  const hello = options['hello'] !== false;
  const kept = `${Object.keys(variables).join(' and ')} in ${talk.envFile} (mode 0600)`;
  talk.say(hello ? `Posts one hello to ${where}, then keeps ${kept}.` : `Posts nothing to ${where}; keeps ${kept}.`);
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was posted or written.');
  if (hello) {
    const outcome = await found.hello();
    refuseUnlessSent(talk, outcome);
    talk.say(`${talk.err.green('posted')} a hello to ${where}${outcome.kind === 'sent' ? `: ${outcome.answer}` : ''}`);
  }
  keepVariables(talk, variables);
  await sayKeys(talk, found);
  talk.sayNext([
    ['start', 'if it does not run yet; if it does, it picks the change up by itself'],
    ['send issues.opened', `a signed sample, posted to ${title}`],
  ]);
}

/** @throws ConnectError */
export function refuseUnlessSent(talk: Talk, outcome: Outcome): void {
  if (outcome.kind === 'sent') return;
  throw notConnected(talk, unseen(outcome));
}

/** Where tidings.yaml has destinations of its own, variables alone make none. */
async function sayKeys(talk: Talk, found: Found): Promise<void> {
  const { type, keys, settings: others = {}, isOnlyInFile = false } = found;
  const { ownDestinations: own } = await talk.settings();
  talk.say('');
  const isThere = own !== null && Object.values(keys).every((variable) => own.variables.includes(variable));
  if (isThere || (own === null && !isOnlyInFile)) return;
  const { name: usual = type } = found;
  const name = own?.names.includes(usual) === true ? `${usual}-2` : usual;
  const named = Object.entries(keys).map(([key, variable]) => `${key}: "\${${variable}}"`);
  const settings = [...named, ...Object.entries(others).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)];
  const add =
    own === null
      ? 'Add it to tidings.yaml under destinations'
      : `${talk.shortPath(own.path)} has its own destinations. Add this one there`;
  talk.say(`${add}, and name it in a rule's \`to\`:\n`);
  talk.say(`  ${name}: { type: ${type}, ${settings.join(', ')} }\n`);
}
