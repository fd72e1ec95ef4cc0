import type { Activity, Person } from '../model/activity.ts';
import { doerOf, type Line, textOfParts } from './line.ts';
import { cut, isWord, oneLine } from './plain.ts';
import { placeOf } from './subject.ts';

const FACTS = 5;
const LABELS = 4;

/** What else there is to know, for the small line below the line, which is never repeated. Texts on one line, not escaped. */
export interface SmallLine {
  /** Null where the line names the actor, or where nobody did it. */
  readonly actor: Person | null;
  /** '' where the line says it. */
  readonly place: string;
  /** '' where something names it. */
  readonly branch: string;
  readonly facts: readonly string[];
  readonly labels: readonly string[];
  /** `+2` labels more, or ''. */
  readonly more: string;
}

export function smallLine(activity: Activity, line: Line): SmallLine {
  const { form, parts } = line;
  const { said, facets } = activity;
  // A title says things of its own: "Fix a bug" names no label.
  const words = ` ${textOfParts(parts)} `;
  // `opened high-severity alert #3` says `high severity`.
  const isSaid = (text: string) =>
    form === 'worded'
      ? isNamed(text, words)
      : [text, text.replaceAll(' ', '-')].some((form) => words.includes(` ${form} `) || words.includes(` ${form},`));
  const isUnsaid = (text: string) => text !== '' && !isSaid(text);
  const facts = said.facts.map((fact) => part(fact, 120)).filter(isUnsaid);
  const labels = facets.labels.map((name) => part(name, 60)).filter(isUnsaid);
  const branch = part(facets.branch ?? '', 120);
  const isFact = facts.some((fact) => ` ${fact} `.includes(` ${branch} `));
  const place = placeOf(activity);
  // Whose words they are says or leaves out whatever they like.
  const isWorded = form === 'worded';
  const doer = isWorded && isUnsaid(oneLine(activity.actor?.login ?? '')) ? doerOf(activity, line) : null;
  return {
    actor: form === 'headline' ? activity.actor : doer,
    place: (isWorded ? isUnsaid(place) : parts.some(({ is }) => is === 'where')) ? place : '',
    branch: isUnsaid(branch) && !isFact ? branch : '',
    facts: facts.slice(0, FACTS),
    labels: labels.slice(0, LABELS),
    more: labels.length > LABELS ? `+${labels.length - LABELS}` : '',
  };
}

/** `acme/api` in `Deployed acme/api: done`, not in `acme/api-docs`. */
function isNamed(name: string, words: string): boolean {
  for (let at = words.indexOf(name); at >= 0; at = words.indexOf(name, at + 1)) {
    const around = [words[at - 1], words[at + name.length]];
    if (!around.some((character) => isWord(character) || character === '-')) return true;
  }
  return false;
}

/** Of one thing only: whoever names a branch or a commit's author could add what we never said. */
function part(text: string, max: number): string {
  return cut(oneLine(text).replace(/ [·•‧∙⋅・] /gu, ' - '), max);
}

/** `acme/api · main ← retry-uploads · 4 commits · bug, uploads +2`: for destinations that mark nothing there. */
export function textOfSmallLine({ actor, place, branch, facts, labels, more }: SmallLine): string {
  const labelled = [labels.join(', '), more].filter(Boolean).join(' ');
  return [oneLine(actor?.login ?? ''), place, branch, ...facts, labelled].filter(Boolean).join(' · ');
}
