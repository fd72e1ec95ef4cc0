import { suggest } from '../../shared/suggest.ts';
import { GITHUB_EVENTS } from '../../sources/github/github-events.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { nearest, shown } from './did-you-mean.ts';
import { misplaced } from './misplaced.ts';
import { eventsAt, type WrittenEvent } from './written.ts';

/** How GitHub writes events and actions. */
const NAME = /^[a-z][a-z0-9_]*$/;
const LATER = 'is not known to this version: when GitHub sends it, it is told in general words';

/** What people call events. */
const MEANT: Readonly<Record<string, string>> = {
  build: 'workflow_run',
  ci: 'workflow_run',
  comment: 'issue_comment',
  comments: 'issue_comment',
  commit: 'push',
  commits: 'push',
  deploy: 'deployment_status',
  pr: 'pull_request',
  prs: 'pull_request',
  review: 'pull_request_review',
  reviews: 'pull_request_review',
  tag: 'create',
  wiki: 'gollum',
  workflow: 'workflow_run',
};

/**
 * Reports events and actions that are misspelt. GitHub invents new ones: a name that is near no known one is taken as it
 * is, and noted.
 */
export function checkEvents(file: ConfigFile, rule: Path): void {
  const events = eventsAt(file, rule);
  const siblings = events.map(({ type }) => type);
  for (const event of events) {
    if (event.type === '*') continue;
    const known = GITHUB_EVENTS.get(event.type);
    if (known === undefined) checkUnknown(file, event, siblings);
    else if (known !== null) checkActions(file, event, known);
  }
}

function checkUnknown(file: ConfigFile, { type, place, part }: WrittenEvent, siblings: readonly string[]): void {
  const correct = correctEvent(type, siblings);
  const name = shown(file, place, type);
  if (correct === undefined) file.note(place, `${name} ${LATER}.`, part);
  else file.report(place, `${name} is not a GitHub event.${correct}`, part);
}

/** Undefined: it may be one that GitHub invented. */
function correctEvent(type: string, siblings: readonly string[]): string | undefined {
  const [event = '', action = ''] = type.split('.');
  if (GITHUB_EVENTS.has(event) && action !== '') return ` Write the action apart: \`${event}: [${action}]\`.`;
  const owner = siblings.find((sibling) => GITHUB_EVENTS.get(sibling)?.includes(type));
  if (owner !== undefined) return ` It is an action: several go into a list, as in \`${owner}: [opened, ${type}]\`.`;
  if (Object.hasOwn(MEANT, type)) return ` Did you mean "${MEANT[type]}"?`;
  const near = suggest(type, GITHUB_EVENTS.keys());
  if (near !== undefined) return ` Did you mean "${near}"?`;
  return NAME.test(type) ? undefined : ' They are written as in pull_request, and * is all of them.';
}

function checkActions(file: ConfigFile, event: WrittenEvent, known: readonly string[]): void {
  for (const { text, place } of event.textsOf('types')) {
    if (text === '' || known.includes(text)) continue;
    const meant = file.variableAt(place) === undefined ? misplaced(event.type, text) : undefined;
    const problem = meant ?? actionProblem(event.type, text, known);
    const name = shown(file, place, text);
    if (problem !== undefined) file.report(place, `${name} ${problem}`);
    else file.note(place, `${name}, of ${event.type}, ${LATER}. Known: ${known.join(', ')}.`);
  }
}

/** Undefined: it may be one that GitHub invented. */
function actionProblem(type: string, text: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return `is no action: ${type} has none. Write \`${type}:\` alone${branchHint(type)}.`;
  const near = nearest(text, known);
  if (near !== undefined) return `is not an action of ${type}. Did you mean "${near}"?`;
  return NAME.test(text) ? undefined : `is not an action of ${type}. Known: ${known.join(', ')}.`;
}

function branchHint(type: string): string {
  return type === 'push' ? ', or `push: { branches: … }` for a branch' : '';
}
