import { editDistance, suggest } from '../../shared/suggest.ts';
import type { Env } from '../read/process-env.ts';
import { RETENTION_VARIABLES } from './retention-of.ts';

const PREFIX = 'RETENTION_';
/** What a slip of the fingers changes. More would be another program's name. */
const SLIP = 2;

/** Of variables that are meant for retention and that nothing reads: then something is kept longer, or shorter, than somebody thinks. */
export function unreadVariables(env: Env): readonly string[] {
  return Object.keys(env).flatMap((name) => {
    if (RETENTION_VARIABLES.includes(name) || !env[name]?.trim()) return [];
    if (name.startsWith(PREFIX)) return [`${name}: nothing reads it. ${meantBy(name)}`];
    const near = RETENTION_VARIABLES.find((known) => editDistance(name, known) <= SLIP);
    return near === undefined ? [] : [`${name}: nothing reads it. Did you mean ${near}?`];
  });
}

function meantBy(name: string): string {
  const near = suggest(name, RETENTION_VARIABLES.map(withPrefix));
  const known = RETENTION_VARIABLES.find((each) => withPrefix(each) === near);
  return known === undefined ? `Known: ${RETENTION_VARIABLES.join(', ')}.` : `Did you mean ${known}?`;
}

/** One has none. */
function withPrefix(name: string): string {
  return PREFIX + name.replace(PREFIX, '');
}
