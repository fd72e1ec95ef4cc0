/** What a first tidings.yaml may tell. */
export const STARTERS = ['classics', 'team', 'everything'] as const;
export type Starter = (typeof STARTERS)[number];

const TELLS: Readonly<Record<Starter, Readonly<Record<string, readonly string[] | null>>>> = {
  classics: { issues: ['opened'], pull_request: ['opened', 'merged'], star: ['created'] },
  team: {
    issues: ['opened', 'closed', 'reopened'],
    pull_request: ['opened', 'ready_for_review', 'merged', 'closed'],
    pull_request_review: ['submitted'],
    release: ['published'],
  },
  everything: {
    issues: null,
    issue_comment: ['created'],
    pull_request: null,
    pull_request_review: ['submitted'],
    pull_request_review_comment: ['created'],
    push: null,
    create: null,
    delete: null,
    release: ['published'],
    workflow_run: ['completed'],
    star: ['created'],
    fork: null,
  },
};

export interface StarterChoice {
  readonly tell: Starter;
  /** Globs over `owner/name`. None: all repositories. */
  readonly repos: readonly string[];
  readonly ignoresBots: boolean;
}

/**
 * A first tidings.yaml. It names no destination on purpose: what is told goes to the terminal until Slack is connected, and
 * to Slack from then on.
 */
export function starterFile({ tell, repos, ignoresBots }: StarterChoice): string {
  const on = Object.entries(TELLS[tell]).map(
    ([type, actions]) => `${type}:${actions ? ` [${actions.join(', ')}]` : ''}`,
  );
  const lines = [
    ...on.map((line) => `      ${line}`),
    ...(repos.length > 0 ? [`    repos: [${repos.map((glob) => JSON.stringify(glob)).join(', ')}]`] : []),
    ...(ignoresBots ? ['    ignore: [bots]'] : []),
  ];
  return `${HEAD}rules:\n  - name: news\n    on:\n${lines.join('\n')}\n`;
}

const HEAD = `# What Tidings posts. A rule without \`to:\` posts to every destination. A change takes effect at once, without a restart.
# Bodies are kept for 30 days and events for 180, unless "retention:" says otherwise.
# All options: docs/configuration.md. Why an event was, or wasn't, posted: npx tidings explain ID
# Let your editor complete and check this file: npx tidings config --schema > tidings.schema.json, and as the first line here
# "# yaml-language-server: $schema=tidings.schema.json".

`;

/** Which events such a file is about, for people: `issues.opened`, `push`. */
export function starterWords(tell: Starter): string {
  return Object.entries(TELLS[tell])
    .flatMap(([type, actions]) => actions?.map((action) => `${type}.${action}`) ?? [type])
    .join(', ');
}
