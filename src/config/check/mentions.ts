import { MENTIONABLE } from '../../model/rule.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { nearest, shown } from './did-you-mean.ts';
import { eventsAt, membersAt, namesIn, textsAt } from './written.ts';

/** Reports whom a rule wants to call, or asks for, and nobody knows. */
export function checkMentions(file: ConfigFile, rule: Path): void {
  for (const { text, place } of textsAt(file, [...rule, 'mention'])) {
    const problem = text.trim() === '' ? undefined : mentionProblem(file, text);
    if (problem !== undefined) file.report(place, `${shown(file, place, text)} ${problem}`);
  }
  for (const { textsOf } of eventsAt(file, rule)) {
    for (const { text, place } of textsOf('teams')) checkMembers(file, text, place);
  }
}

/** Of Slack, and no logins. */
const EVERYBODY = new Set(['all', 'channel', 'everyone', 'here']);

function mentionProblem(file: ConfigFile, text: string): string | undefined {
  if (MENTIONABLE.some((word) => word === text)) return undefined;
  const people = namesIn(file, 'people');
  if (text.startsWith('@') && !text.includes('/')) {
    const login = text.slice(1);
    if (EVERYBODY.has(login)) return 'would call everybody, which no rule does: name people, or a team.';
    if (find(people, login) !== undefined) return undefined;
    return `is not in people. ${suggested('@', nearest(login, people)) ?? `Add it: \`people: { ${login}: U… }\`.`}`;
  }
  if (text.includes('/')) return teamProblem(file, text);
  if (find(people, text) !== undefined) return `is a login: write "@${text}".`;
  const near =
    suggested('', nearest(text, MENTIONABLE)) ?? `Known: ${MENTIONABLE.join(', ')}, "@login", organisation/team.`;
  return `is nobody to mention. ${near}`;
}

function teamProblem(file: ConfigFile, text: string): string | undefined {
  const name = text.replace(/^@/, '');
  const teams = namesIn(file, 'teams');
  if (find(teams, name) === undefined) {
    return `is not in teams. ${suggested('', nearest(name, teams)) ?? `Add it: \`teams: { ${name}: { members: [mona] } }\`.`}`;
  }
  return name === text ? undefined : `is a team: write ${name}, without @.`;
}

function checkMembers(file: ConfigFile, text: string, place: Path): void {
  const known = find(namesIn(file, 'teams'), text);
  // Shape comes first: what is no team at all is the schema's to tell.
  const problem = /^[^/@\s]+\/[^/\s]+$/.test(text) ? teamProblem(file, text) : undefined;
  if (problem !== undefined) file.report(place, `${shown(file, place, text)} ${problem}`);
  else if (known !== undefined && membersAt(file, known) === null) {
    file.report(place, `nobody is in ${shown(file, place, text)}: give the team its members, as in members: [mona].`);
  }
}

/** Neither logins nor teams have case at GitHub. */
function find(names: readonly string[], name: string): string | undefined {
  return names.find((known) => known.toLowerCase() === name.toLowerCase());
}

function suggested(mark: string, near: string | undefined): string | undefined {
  return near === undefined ? undefined : `Did you mean "${mark}${near}"?`;
}
