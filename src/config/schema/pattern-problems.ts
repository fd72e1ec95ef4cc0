// What is wrong with a pattern, as a predicate, or undefined.

/** Longer than any branch, file or repository name that Git hosts take. */
const GLOB_LIMIT = 250;

export function globProblem(glob: string): string | undefined {
  if (glob === '!' || glob.length > GLOB_LIMIT) return `must be a pattern of at most ${GLOB_LIMIT} characters.`;
  const range = /\{[^{},]*\.\.[^{},]*\}/.exec(glob);
  return range === null
    ? undefined
    : `knows no ranges in braces: write out what ${range[0]} stands for, as in {1,2,3}.`;
}

export function refGlobProblem(glob: string): string | undefined {
  const short = /^!?refs\/(?:heads|tags)\/(.*)$/.exec(glob)?.[1];
  if (short === undefined) return globProblem(glob);
  return `is compared with the name alone: write ${glob.startsWith('!') ? '!' : ''}${short}.`;
}

/** Files are named from the repository's top, as `src/main.ts`. */
export function fileGlobProblem(glob: string): string | undefined {
  const [, not = '', start = '', path = ''] = /^(!?)(\.?\/)?(.*)$/s.exec(glob) ?? [];
  if (start !== '' && path !== '') return `is compared with paths from the repository's top: write ${not}${path}.`;
  if (path.endsWith('/')) return `is compared with files: write ${not}${path}** for all within.`;
  return globProblem(glob);
}

/** Of a workflow: its name, or its file, from the repository's top too. */
export function workflowGlobProblem(glob: string): string | undefined {
  const [, not = '', path = ''] = /^(!?)\.\/(.+)$/s.exec(glob) ?? [];
  return path === '' ? globProblem(glob) : `is compared with paths from the repository's top: write ${not}${path}.`;
}

export function authorProblem(glob: string): string | undefined {
  return glob.includes('/') ? 'is compared with logins: a team goes into teams.' : assigneeProblem(glob);
}

/** Who has no login is called by name: `Platform / On call`. */
export function assigneeProblem(glob: string): string | undefined {
  const [, not = '', at = '', login = ''] = /^(!?)(@?)(.*)$/s.exec(glob) ?? [];
  return at === '' ? globProblem(glob) : `is compared with logins, which have no @: write ${not}${login}.`;
}

/** Of a currency. */
export function codeProblem(text: string): string | undefined {
  return /^[a-z]{3,6}$/i.test(text) ? undefined : 'is no currency: write its code, as in EUR.';
}

export function teamProblem(text: string): string | undefined {
  if (/^[^/@\s]+\/[^/\s]+$/.test(text)) return undefined;
  return 'is no team: write organisation/team, as in acme/backend.';
}
