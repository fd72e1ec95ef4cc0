import { AUDIENCES } from '../../../model/notification.ts';
import { MENTIONABLE } from '../../../model/rule.ts';
import type { Remark } from '../../read/config-file.ts';
import type { Rows } from '../../rows/rows.ts';
import { nearest } from '../did-you-mean.ts';
import { shown } from '../shown.ts';
import { readerOf, toldBy } from '../told.ts';
import type { Text, WrittenFile, WrittenRule } from '../written.ts';
import { isLogin } from './people.ts';

type Known = Pick<WrittenFile, 'people' | 'peopleByEmail' | 'teams'>;

/** Whom a rule wants to call, or asks for, and nobody knows. */
export function remarksOnMentions({ mention, on }: WrittenRule, known: Known): readonly Remark[] {
  return [
    ...mention.flatMap((text) => remark(text, text.text.trim() === '' ? undefined : mentionProblem(text.text, known))),
    ...on.flatMap(({ textsOf }) => textsOf('teams')).flatMap((team) => askedTeam(team, known.teams)),
  ];
}

function remark({ text, place, variable }: Text, problem: string | undefined): readonly Remark[] {
  return problem === undefined ? [] : [{ place, message: `${shown(text, variable)} ${problem}` }];
}

/** What chats call everybody → the word for it here. */
const EVERYBODY: ReadonlyMap<string, string> = new Map([
  ['here', 'here'],
  ...['channel', 'all', 'everybody', 'everyone'].map((word) => [word, 'channel'] as const),
]);

/** `@here`, `<!channel>`, `Everyone`: undefined where it is none of these. */
function everybodyIn(text: string): string | undefined {
  const [, mark, word = ''] = /^(@?)(?:<!)?(\w+)>?$/.exec(text) ?? [];
  const meant = EVERYBODY.get(word.toLowerCase());
  return meant && `is everybody: write ${meant}${mark === '@' ? ', without @' : ''}.`;
}

const NOBODY = /^(?:never|nobody|none)$/i;

/** Undefined: somebody is meant. */
export function mentionProblem(text: string, { people, peopleByEmail, teams }: Known): string | undefined {
  if (MENTIONABLE.some((word) => word === text)) return undefined;
  const everybody = everybodyIn(text);
  if (text.startsWith('@') && !text.includes('/')) {
    const login = text.slice(1);
    if (find(people, login) !== undefined) return undefined;
    if (everybody !== undefined) return everybody;
    if (peopleByEmail && isLogin(login)) return undefined;
    return `is not in people. ${suggested('@', login, namesOf(people)) ?? `Add it: \`people: { ${login}: U… }\`.`}`;
  }
  if (text.includes('/')) return teamProblem(text, teams);
  if (find(people, text) !== undefined) return `is a login: write "@${text}".`;
  if (everybody !== undefined) return everybody;
  if (NOBODY.test(text)) return 'is nobody to mention. Nobody is written [].';
  const near = suggested('', text, MENTIONABLE) ?? `Known: ${MENTIONABLE.join(', ')}, "@login", organisation/team.`;
  return `is nobody to mention. ${near}`;
}

/** Whom a test expects to be called, and who can never be. */
export function remarksOnCalled(called: readonly Text[], known: Known): readonly Remark[] {
  return called.flatMap((text) => remark(text, text.text.trim() === '' ? undefined : calledProblem(text.text, known)));
}

function calledProblem(text: string, { people, teams }: Known): string | undefined {
  if (AUDIENCES.some((word) => word === text)) return undefined;
  if (text.includes('/')) return teamProblem(text, teams);
  const login = text.replace(/^@/, '');
  const logins = [...namesOf(people), ...teams.flatMap(({ members }) => members?.map((member) => member.text) ?? [])];
  if (logins.some((each) => each.toLowerCase() === login.toLowerCase())) return undefined;
  if (MENTIONABLE.some((word) => word === text)) return 'is whoever it is: name who is called, as in mona.';
  const everybody = everybodyIn(text);
  if (everybody !== undefined) return everybody;
  if (NOBODY.test(text)) return 'is not in people. Nobody is written [].';
  return `is not in people. ${suggested('', login, logins) ?? `Add it: \`people: { ${login}: U… }\`.`}`;
}

/** Everybody is called where nobody but one person reads. `destinations`: the names of all. */
export function remarksOnAudiences(
  rule: WrittenRule,
  written: WrittenFile,
  destinations: readonly string[],
  rows: Rows,
): readonly Remark[] {
  const everybody = rule.mention.find(({ text }) => AUDIENCES.some((word) => word === text));
  const alone = toldBy(rule, destinations).filter((name) => readerOf(name, written, rows) !== null);
  if (everybody === undefined || alone.length === 0) return [];
  const message = `${everybody.text} calls nobody in ${alone.join(', ')}, which one person alone reads.`;
  return [{ place: everybody.place, message, kind: 'note' }];
}

function teamProblem(text: string, teams: Known['teams']): string | undefined {
  const name = text.replace(/^@/, '');
  if (find(teams, name) === undefined) {
    const near = suggested('', name, namesOf(teams)) ?? `Add it: \`teams: { ${name}: { members: [mona] } }\`.`;
    return `is not in teams. ${near}`;
  }
  return name === text ? undefined : `is a team: write ${name}, without @.`;
}

/** Of a filter. Shape comes first: what is no team at all is the schema's to tell. */
function askedTeam(asked: Text, teams: Known['teams']): readonly Remark[] {
  const { text, place, variable } = asked;
  const problem = /^[^/@\s]+\/[^/\s]+$/.test(text) ? teamProblem(text, teams) : undefined;
  if (problem !== undefined) return remark(asked, problem);
  if (find(teams, text)?.members !== null) return [];
  const message = `nobody is in ${shown(text, variable)}: give the team its members, as in members: [mona].`;
  return [{ place, message }];
}

/** Neither logins nor teams have case at GitHub. */
function find<T extends { readonly name: string }>(all: readonly T[], name: string): T | undefined {
  return all.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

function namesOf(all: readonly { readonly name: string }[]): readonly string[] {
  return all.map(({ name }) => name);
}

function suggested(mark: string, word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  return near === undefined ? undefined : `Did you mean "${mark}${near}"?`;
}
