import type { Command } from 'commander';
import type { UnknownPerson } from '../../run/stored/unknown-people.ts';
import { iso, plural, span } from '../../shared/time-words.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { parseSince } from '../since.ts';
import { oneLine, table } from '../table.ts';

interface PeopleOptions {
  readonly since: string;
  readonly json?: true;
}

const COLUMNS = [
  { title: 'LOGIN', flexible: true },
  { title: 'EVENTS', align: 'right' },
  { title: 'LAST SEEN' },
  { title: 'AS' },
  { title: 'SOURCE' },
] as const;
/** Where people are looked up. */
const LOOKED_UP = { title: 'LOOKED UP', flexible: true } as const;

export function define(command: Command, context: Context): void {
  command
    .description('list who did something or was asked for it, and is not in `people` of tidings.yaml')
    .addHelpText(
      'before',
      examples(context, [
        ['people', 'of the last 30 days, those of most events first'],
        ['people --since 7d --json', 'one JSON object a login'],
      ]),
    )
    .option('--since <time>', 'events since: 30m, 2h, 7d, or an ISO time', '30d')
    .addOption(json())
    .action((options: PeopleOptions) => untilStopped(context, people(context, options)));
}

/** By configuration and database, beside a running worker or without one. */
async function people(context: Context, options: PeopleOptions): Promise<void> {
  const now = context.clock.now();
  const since = parseSince(options.since, now);
  const config = await readConfig(context);
  const { unknownPeople, IN_VAIN } = await import('../../run/stored/unknown-people.ts');
  const found = await unknownPeople(config, since);
  if (options.json) {
    for (const person of found) await context.printJson(personJson(person));
    return;
  }
  if (found.length === 0) return context.say(`Everybody seen since ${iso(since)} is in people.`);
  const looks = found.some(({ lookedUp }) => lookedUp !== null);
  const rows = found.map((person) => [
    oneLine(person.login),
    String(person.events),
    `${span(now - person.lastSeenAt)} ago`,
    person.as.join(', '),
    person.source,
    ...(looks ? [oneLine(person.lookedUp ?? '')] : []),
  ]);
  await context.print(...table([...COLUMNS, ...(looks ? [LOOKED_UP] : [])], rows, context.io.stdout.columns));
  const failures = new Set(found.flatMap(({ lookedUp }) => (lookedUp?.startsWith(IN_VAIN) ? [lookedUp] : [])));
  for (const failure of failures) context.say(`Looked up, and ${oneLine(failure)}.`);
  const missing = found.filter(({ isFound }) => !isFound);
  const [first] = missing;
  if (first === undefined) return;
  context.say(
    `${plural(missing.length, 'login')} nobody is known for: a message can neither call them nor be sent to them. Say who that is, as in \`people: { ${oneLine(first.login)}: U… }\`.`,
  );
}

function personJson({ login, source, events, lastSeenAt, as, lookedUp }: UnknownPerson) {
  const common = { login, source, events, last_seen_at: iso(lastSeenAt), as };
  return lookedUp === null ? common : { ...common, looked_up: lookedUp };
}
