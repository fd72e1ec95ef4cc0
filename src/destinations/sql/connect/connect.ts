import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import type { Secret } from '../../../shared/secret.ts';
import { notConnected } from '../../connecting.ts';
import { openDatabase } from '../open.ts';
import { ADDRESS_VARIABLE, addressProblem, tableProblem } from '../shapes.ts';
import { lookAt, type Seen } from './look.ts';

export const connect: Connect = {
  says: 'take a database, print the CREATE TABLE, keep the address in .env',
  options: [
    { flags: '--table <name>', says: 'the table, or schema.table (default: activities)' },
    { flags: '--create', says: 'create the table without asking', conflicts: ['dryRun'] },
    { flags: '--replace', says: 'put it in the place of another that .env holds' },
    { flags: '--dry-run', says: 'look, and print the CREATE TABLE; create and write nothing' },
  ],
  examples: [
    ['', 'asks for the address'],
    ['--dry-run > table.sql', 'prints the CREATE TABLE'],
  ],
  note: `The address holds a password and so is no option: it is pasted at a prompt, piped in, or set as ${ADDRESS_VARIABLE}.`,
  run: connectSql,
};

const WANTED: Wanted = {
  variable: ADDRESS_VARIABLE,
  message: 'The address of the database (it does not show):',
  steps: [
    'postgres:// or mysql://user:password@host/database, of a user who may insert; or sqlite: and the path of a file.',
    "Not Tidings' own database: the table is yours.",
    '',
  ],
  problemOf: addressProblem,
};

/** Looks at the table, creates it where a person says so, and keeps the address. */
async function connectSql(talk: Talk, { options }: Typed): Promise<void> {
  const table = typeof options['table'] === 'string' ? options['table'] : 'activities';
  const problem = tableProblem(table);
  if (problem !== undefined) throw new ConnectError('usage', `--table ${problem}`);
  const url = await takeSecret(talk, await talk.piped(), WANTED);
  const seen = await lookAt({ url, table, key: 'id' }, talk.signal);
  await talk.print(...seen.create.split('\n'));
  if (options['dryRun'] === true)
    return talk.say(`${seen.ok ? `${seen.place} takes rows into it` : seen.problem}. Dry run: nothing was written.`);
  const variables = { [ADDRESS_VARIABLE]: url.reveal() };
  if (!(await mayReplace(talk, variables, options['replace'] === true))) return talk.say('Nothing was written.');
  if (seen.ok) talk.say(`${talk.err.green('found')}  table ${table}, ${seen.place}: it takes rows as it is`);
  else await create(talk, { url, table, seen, unasked: options['create'] === true });
  keepVariables(talk, variables);
  await sayNext(talk, table);
}

interface Creating {
  readonly url: Secret;
  readonly table: string;
  readonly seen: Extract<Seen, { readonly ok: false }>;
  readonly unasked: boolean;
}

/** What is there in another form is left alone: then CREATE TABLE is refused. */
async function create(talk: Talk, { url, table, seen, unasked }: Creating): Promise<void> {
  if (!seen.isAbsent) throw notConnected(talk, seen);
  const message = `There is no table ${table} in ${seen.place}. Create it as above?`;
  const wanted =
    unasked || (await talk.ask.confirm({ message, instead: 'add --create, or create the table and try again' }));
  if (!wanted) return talk.say('Not created: rows wait until it is there.');
  await using database = await openDatabase(url.reveal(), 10_000);
  const ran = await database.run(seen.create, [], { signal: talk.signal });
  if (ran.kind !== 'done') throw notConnected(talk, { kind: 'refused', problem: ran.reason });
  talk.say(`${talk.err.green('created')} table ${table}, ${seen.place}`);
}

async function sayNext(talk: Talk, table: string): Promise<void> {
  const { ownDestinations: own } = await talk.settings();
  const name = own?.names.includes('table') === true ? 'table-2' : 'table';
  const ofTable = table === 'activities' ? '' : `, table: ${table}`;
  talk.say('');
  talk.say(
    `Add it to ${own === null ? 'tidings.yaml' : talk.shortPath(own.path)} under destinations, and name it in a rule's \`to\`:\n`,
  );
  talk.say(`  ${name}: { type: sql, url: "\${${ADDRESS_VARIABLE}}"${ofTable} }\n`);
  talk.sayNext([
    ['start', 'if it does not run yet; if it does, it picks the change up by itself'],
    ['send issues.opened', 'a signed sample, and its row'],
  ]);
}
