/** One key of tidings.yaml, in Markdown. */
export interface Option {
  /** Null: it has none. */
  readonly without: string | null;
  readonly text: string;
}

type Options = Readonly<Record<string, Option>>;

/**
 * What every key is, for the tables of docs/configuration.md and for editors. A key that is not here, or no key any more,
 * fails a test.
 */
export const OPTION_TEXTS = {
  file: {
    sources: option('one named `github`', 'Where webhooks come from, each at `/webhooks/<name>`.'),
    destinations: option('Slack where it is set in the environment, else the console', 'Where it is told.'),
    people: option(null, 'Who is who: a login at GitHub → that person at Slack.'),
    teams: option(null, 'A team at GitHub, `organisation/team` → a user group at Slack, or the members.'),
    rules: option('the four classics', 'Who wants to hear of what, and where.'),
    tests: option(null, 'What the rules are to do, checked by `tidings test`.'),
  },
  source: {
    provider: option('`github`', 'Who calls.'),
    secrets: option(
      '`GITHUB_WEBHOOK_SECRET`, else the generated one',
      'One or a list. Any of them verifies. A variable may hold several, separated by commas.',
    ),
    recover: option(
      "nobody's",
      'Whose missed deliveries a receiver looks for at its start and every 10 minutes: `acme/api`, or `acme` for an organisation. Needs `GITHUB_TOKEN`, see [recover](recover.md).',
    ),
  },
  slack: {
    type: option(null, '`slack`: a channel, by an incoming webhook or by a bot token.'),
    webhook_url: option('this, or the next two', 'Address of the incoming webhook. Two destinations cannot share one.'),
    token: option('with `channel`', 'The bot token of a Slack app with the scope `chat:write`.'),
    channel: option(
      'with `token`',
      'Where the bot posts: `"#releases"` (in quotes), the channel\'s id, or a person\'s for direct messages. Two destinations of one token cannot share it.',
    ),
    per_second: option(
      '`1`',
      'Messages a second, as Slack allows. `0`: no pace, for compatible servers without a limit.',
    ),
  },
  http: {
    type: option(null, '`http`: each activity as JSON.'),
    url: option('needed', 'Where each activity is posted as JSON. Its path and query are kept as a secret.'),
    secret: option(
      null,
      'Signs after [Standard Webhooks](https://www.standardwebhooks.com): `whsec_` and 24 to 64 bytes in base64. Make one with `echo "whsec_$(openssl rand -base64 32)"`.',
    ),
    concurrency: option('`1`', 'Requests at once, up to 64. More than 1 gives up the order.'),
    timeout_ms: option('`10000`', 'How long an answer may take: 100 to 120000.'),
  },
  console: {
    type: option(null, '`console`: prints on the terminal.'),
  },
  person: {
    slack: option(
      null,
      'The member id at Slack, `U…`: the profile → ⋮ → Copy member ID. It may be written short, `mona: U012AB3CD`.',
    ),
    destination: option(
      'the one whose `channel` is that id',
      'The destination where this person alone is told, for `ignore: own`.',
    ),
  },
  team: {
    slack: option(
      null,
      'The id of a user group at Slack, `S…`: the group → ⋮ → Copy group ID. It may be written short, `acme/backend: S0614TZR7`.',
    ),
    members: option(
      null,
      'Logins. They are called one by one where `slack` is left out, and are what `teams:` asks for.',
    ),
  },
  rule: {
    name: option('`rule-1`, `rule-2`…', 'How it is called in explanations.'),
    on: option('needed', 'Which events, see [filters](#filters).'),
    repos: option('all', 'Patterns over `owner/name`, without regard to case.'),
    ignore: option(
      'none',
      '`bots`: what a bot did. `drafts`: what concerns a draft pull request. `forks`: what comes from a fork. `own`: what a person did, where it would be told to that same person.',
    ),
    if: option(
      'none',
      'What filters cannot say: an expression in [CEL](https://cel.dev) over [`activity`](rules.md#what-if-sees), true or false.',
    ),
    settle: option(
      'not at all',
      'How long to wait after opening, for labels that are added then and for drafts: `1s` to `10m`. Only where `labels`, `ignore: drafts` or an `if` about them could still change the answer.',
    ),
    quiet: option('never', 'When this rule keeps still. What it would tell then is told afterwards.'),
    to: option('all', 'One destination or a list. With `stop: true` it may be empty, `[]`: what matches is not told.'),
    mention: option(
      'nobody',
      'Whom the message calls by name at Slack: `asked` (of whom this event asks something), `author`, `assignees`, `reviewers`, `mentioned` (in the text), `"@login"`, `organisation/team`. Only who stands in `people` or `teams`, and never who did it.',
    ),
    stop: option('`false`', 'After a match, later rules are not asked.'),
  },
  filter: {
    types: option(
      'any that is news',
      'The action is one of these. `merged` is a pull request that was merged, `closed` one that was not.',
    ),
    branches: option(
      'any',
      "Patterns over the branch it lands on: a pull request's base, the branch pushed to. Or `{ base: …, head: … }`, where `head` is the branch it comes from. What has no branch does not match.",
    ),
    tags: option('any', 'Patterns over the tag pushed, created or released.'),
    paths: option('any', 'Patterns over the changed files: one that is wanted and not excluded is enough.'),
    labels: option(
      'any',
      '`any`: at least one of them. `all`: every one. `none`: not one. A list alone means `any`. Without regard to case.',
    ),
    authors: option(
      'anybody',
      'Patterns over the login of who wrote it, without regard to case: a pull request stays its author\'s, whoever merges it. `[` and `]` are plain characters here, as in `"!*[bot]"`.',
    ),
    teams: option('anybody', 'The author is a member of one of these, by `teams`.'),
    conclusion: option('any', "How it ended, in GitHub's words: `success`, `failure`, `timed_out`, `cancelled`…"),
    transition: option(
      'any',
      'How the result compares with the last one of its kind on that branch: `broke`, `still_broken`, `fixed`, `still_passing`.',
    ),
    severity: option('any', 'Of a security alert: `low`, `medium`, `high`, `critical`.'),
  },
  branches: {
    base: option('any', 'Patterns over the branch it lands on.'),
    head: option('any', 'Patterns over the branch it comes from.'),
  },
  labels: {
    any: option(null, 'At least one of these.'),
    all: option(null, 'Every one of these.'),
    none: option(null, 'Not one of these.'),
  },
  quiet: {
    hours: option('none', 'One or a list, such as `"22:00-07:00"`: every day, also past midnight.'),
    days: option('none', 'Whole days: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.'),
    zone: option('needed', 'Where these hours are: `Europe/Berlin`, `America/New_York`, `UTC`.'),
  },
  test: {
    name: option('needed', 'What is expected, in words.'),
    event: option(
      'this, or the next two',
      'A built-in sample, such as `pull_request.opened`; `tidings send` lists them.',
    ),
    payload: option('with `type`', "A file with GitHub's JSON, from the configuration file's directory."),
    type: option('with `payload`', "The payload's event, such as `pull_request`."),
    set: option(
      'nothing',
      'Changes the payload: a path, such as `pull_request.title`, → any value. What GitHub has and the payload leaves out can be set too.',
    ),
    files: option(
      'as the payload says',
      'Which files a pull request changes, for `paths`: GitHub would be asked for them.',
    ),
    previous: option('none', 'What the last result was, for `transition`: `success` or `failure`.'),
    at: option('now', 'When it happens, for `quiet`: `2026-01-15T23:30:00+01:00`.'),
    expect: option('needed', 'The destinations that are told, in any order. `[]` is nobody.'),
  },
} as const satisfies Readonly<Record<string, Options>>;

export type Section = keyof typeof OPTION_TEXTS;

function option(without: string | null, text: string): Option {
  return { without, text };
}
