import { AUDIENCES } from '../../../model/notification.ts';
import { MENTIONABLE, TELLABLE } from '../../../model/rule.ts';
import type { Remark } from '../../read/config-file.ts';
import type { Rows } from '../../rows/rows.ts';
import { nearest } from '../did-you-mean.ts';
import { shown } from '../shown.ts';
import { isDirect, toldBy } from '../told.ts';
import type { Named, Text, WrittenFile, WrittenRule } from '../written.ts';
import { mentionProblem } from './mentions.ts';
import { isLogin } from './people.ts';

/** Behind this begins whom a rule tells; anything else is a destination. */
export function isPerson({ text }: Text): boolean {
  return text.startsWith('@');
}

/** People whom a rule tells and nobody can be told, and destinations that tell none but them. */
export function remarksOnPeopleTold(rule: WrittenRule, written: WrittenFile, rows: Rows): readonly Remark[] {
  const direct = written.destinations.filter((each) => isDirect(each, rows));
  return rule.to.flatMap((text) => {
    const problem = isPerson(text) ? problemOf(text.text, direct, written, rows) : unnamed(text.text, direct);
    return problem === undefined
      ? []
      : [{ place: text.place, message: `${shown(text.text, text.variable)} ${problem}` }];
  });
}

/** It names none of its own, and those that there are tell nobody but people. */
export function remarksOnNobodyTold(
  rule: WrittenRule,
  written: WrittenFile,
  destinations: readonly string[],
  rows: Rows,
): readonly Remark[] {
  if (rule.to.length > 0 || written.destinations.length === 0) return [];
  const told = toldBy(rule, destinations);
  if (told.length === 0 || !written.destinations.every((each) => isDirect(each, rows))) return [];
  const message = `this rule tells nobody: ${told.join(', ')} tells people. Name them, as in \`to: "@asked"\`.`;
  return [{ place: rule.place, message }];
}

/** A channel is told at once. */
export function remarksOnWaitingForPeople({ place, given, to }: WrittenRule): readonly Remark[] {
  if (given['after'] === undefined || to.some(isPerson)) return [];
  const message =
    'after is for people, and this rule tells none: name them in its own `to`, as in "@asked", or leave after out.';
  return [{ place: [...place, 'after'], message, part: 'key' }];
}

/** Whose turn it is may be an author or who is asked: of what waits no other word says it. */
export function remarksOnReminded(reminder: WrittenRule): readonly Remark[] {
  const words = reminder.to.filter(({ text }) => TELLABLE.some((word) => word !== 'asked' && text === `@${word}`));
  return words.map(({ text, place, variable }) => {
    const why = 'is nobody whom a reminder tells: each is told what waits for them.';
    return { place, message: `${shown(text, variable)} ${why} Write "@asked", which is whose turn it is.` };
  });
}

function problemOf(
  text: string,
  direct: readonly Named[],
  written: WrittenFile,
  { channels }: Rows,
): string | undefined {
  const bare = text.slice(1);
  if (AUDIENCES.some((word) => word === bare)) {
    return `is everybody in a channel, and nobody's direct message: name the channel's destination, with \`mention: ${bare}\`.`;
  }
  if (direct.length === 0) {
    const able = [...channels].find(([, { schema }]) => 'direct' in schema.keys)?.[0];
    const example = `destinations: { people: { type: ${able}, token: …, direct: true } }`;
    return `gets a direct message, and no destination sends any${able === undefined ? '.' : `: add \`${example}\`.`}`;
  }
  if (TELLABLE.some((word) => word === bare)) return undefined;
  const known = [...TELLABLE, ...written.people.map(({ name }) => name)].map((each) => `@${each}`);
  if (bare.includes('/')) {
    const problem = mentionProblem(bare, written);
    if (problem !== undefined) return problem;
    const team = written.teams.find(({ name }) => name.toLowerCase() === bare.toLowerCase());
    if (team?.members !== null) return undefined;
    return 'has no members here, and a user group gets no direct messages: give the team its members, as in members: [mona].';
  }
  const person = written.people.find(({ name }) => name.toLowerCase() === bare.toLowerCase());
  if (person !== undefined) {
    return person.ids.length > 0 || written.peopleByEmail
      ? undefined
      : 'has no id in people, so no direct message finds them: add it.';
  }
  const near = nearest(text, written.peopleByEmail ? TELLABLE.map((each) => `@${each}`) : known);
  if (written.peopleByEmail && near === undefined && isLogin(bare)) return undefined;
  return `is not in people. ${near ? `Did you mean "${near}"?` : `Add it: \`people: { ${bare}: U… }\`.`}`;
}

function unnamed(text: string, direct: readonly Named[]): string | undefined {
  if (direct.some(({ name }) => name === text)) return 'tells people: name them instead, as in "@asked" or "@mona".';
  return undefined;
}

/** Undefined: it is no word for people. */
export function withoutMark(
  text: string,
  { people, teams }: Pick<WrittenFile, 'people' | 'teams'>,
): string | undefined {
  const isWord = MENTIONABLE.some((word) => word === text) && !AUDIENCES.some((word) => word === text);
  const isNamed = [...people, ...teams].some(({ name }) => name.toLowerCase() === text.toLowerCase());
  return isWord || isNamed ? ` For direct messages write "@${text}".` : undefined;
}
