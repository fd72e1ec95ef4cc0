import { FACETS } from '../../model/facets.ts';
import { filterTexts, partTexts } from './filter-texts.ts';

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
    destinations: option('Slack where it is set in the environment, else the console', 'Where messages go.'),
    people: option(null, 'Who is who: a GitHub login → that person on Slack.'),
    teams: option(null, 'A GitHub team, `organisation/team` → a user group on Slack, or its members.'),
    rules: option('the four classics', 'Who wants to hear of what, and where.'),
    tests: option(null, 'What the rules should do, checked by `tidings test`.'),
  },
  source: {
    provider: option('`github`', 'Who sends the webhooks.'),
    secrets: option(
      '`GITHUB_WEBHOOK_SECRET`, else the generated one',
      'One, or a list of which any will do. A variable may hold several, separated by commas.',
    ),
    recover: option(
      "nobody's",
      'Whose missed deliveries a receiver fetches, at its start and every 10 minutes: `acme/api`, or `acme` for an organisation. Needs `GITHUB_TOKEN`, see [recover](recover.md).',
    ),
  },
  slack: {
    type: option(null, '`slack`: a channel, by an incoming webhook or by a bot token.'),
    webhook_url: option('this, or the next two', 'Address of the incoming webhook. No two destinations may share one.'),
    token: option('with `channel`', 'The bot token of a Slack app with the scope `chat:write`.'),
    channel: option(
      'with `token`',
      'Where the bot posts: `"#releases"` (in quotes), the channel\'s id, or a person\'s for direct messages. No two destinations of one token may share it.',
    ),
    per_second: option(
      '`1`',
      'Messages a second; one is what Slack allows. `0`: as fast as they come, for compatible servers without a limit.',
    ),
  },
  http: {
    type: option(null, '`http`: each activity as JSON.'),
    url: option('needed', 'Where each activity is posted as JSON. Its path and query are kept as a secret.'),
    secret: option(
      null,
      'Signs each request as [Standard Webhooks](https://www.standardwebhooks.com) says: `whsec_` and 24 to 64 bytes in base64. Make one with `echo "whsec_$(openssl rand -base64 32)"`.',
    ),
    concurrency: option('`1`', 'Requests at once, up to 64. With more than 1, the order is lost.'),
    timeout_ms: option('`10000`', 'How long to wait for an answer, in milliseconds: 100 to 120000.'),
  },
  console: {
    type: option(null, '`console`: prints on the terminal.'),
  },
  person: {
    slack: option(null, 'The Slack member ID, `U…`: profile → ⋮ → Copy member ID. In short: `mona: U012AB3CD`.'),
    destination: option(
      'the one whose `channel` is that id',
      'The destination that only this person reads, for `ignore: own`.',
    ),
  },
  team: {
    slack: option(
      null,
      'The ID of a Slack user group, `S…`: group → ⋮ → Copy group ID. In short: `acme/backend: S0614TZR7`.',
    ),
    members: option(
      null,
      'Logins. Filters called `teams` look them up, and without `slack` a message names them one by one.',
    ),
  },
  rule: {
    name: option('`rule-1`, `rule-2`…', 'Its name in explanations.'),
    on: option('needed', 'Which events, see [filters](#filters).'),
    sources: option('all', 'Patterns over the names in `sources`; `!` excludes. A plain name must be one of them.'),
    repos: option('all', "Patterns over `owner/name`; case doesn't matter."),
    ignore: option(
      'none',
      '`bots`: what a bot did. `drafts`: what concerns a draft pull request. `forks`: what comes from a fork. `own`: what people did themselves, in their own destinations.',
    ),
    if: option(
      'none',
      "What filters can't say: an expression in [CEL](https://cel.dev) over [`activity`](rules.md#what-if-sees), true or false.",
    ),
    settle: option(
      'not at all',
      'How long to wait after something is opened, for the labels and drafts that follow: `1s` to `10m`. It waits only if `labels`, `ignore: drafts` or an `if` about them could still change the answer.',
    ),
    quiet: option('never', 'When this rule keeps still. What it holds back is posted afterwards.'),
    to: option('all', 'One destination or a list. With `stop: true` it may be empty, `[]`: what matches goes nowhere.'),
    mention: option(
      'nobody',
      'Whom the message pings on Slack: `asked` (those of whom this event asks something), `author`, `assignees`, `reviewers`, `mentioned` (in the text), `"@login"`, `organisation/team`. Only those in `people` or `teams`, and never whoever did it.',
    ),
    stop: option('`false`', 'If it matches, no later rule is asked.'),
  },
  filter: {
    types: option(
      'any that is news',
      'The action is one of these. `merged` is a pull request that was merged, `closed` one that was not.',
    ),
    ...filterTexts(FACETS),
  },
  ...partTexts(FACETS),
  quiet: {
    hours: option('none', 'One or a list, such as `"22:00-07:00"`: every day, also past midnight.'),
    days: option('none', 'Whole days: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.'),
    zone: option('needed', 'The time zone of these hours: `Europe/Berlin`, `America/New_York`, `UTC`.'),
  },
  test: {
    name: option('needed', 'What you expect, in words.'),
    event: option(
      'this, or the next two',
      'A built-in sample, such as `pull_request.opened`; `tidings send` lists them.',
    ),
    payload: option('with `type`', "A file with GitHub's JSON; its path starts at the configuration file."),
    type: option('with `payload`', "The payload's event, such as `pull_request`."),
    set: option(
      'nothing',
      'Changes the payload: a path, such as `pull_request.title`, → any value. It may name any field that GitHub has, even one this payload leaves out.',
    ),
    files: option(
      'as the payload says',
      'Which files a pull request changes, for `paths`: outside of tests, Tidings asks GitHub.',
    ),
    previous: option('none', 'The last result, for `transition`: `success` or `failure`.'),
    at: option('now', 'When it happens, for `quiet`: `2026-01-15T23:30:00+01:00`.'),
    expect: option('needed', 'The destinations that get a message, in any order. `[]`: none.'),
  },
} as const satisfies Readonly<Record<string, Options>>;

export type Section = string;

function option(without: string | null, text: string): Option {
  return { without, text };
}
