import { FACETS } from '../../model/facets.ts';
import { REMINDER_FACETS } from '../describe/reminder-text.ts';
import type { Option, Options } from '../parts/editors.ts';
import { filterTexts, partTexts } from './filter-texts.ts';

/**
 * What every key is, for the tables of docs/configuration.md and for editors. A key that is not here, or no key any more,
 * fails a test.
 */
export const OPTION_TEXTS = {
  file: {
    sources: option('the default one', 'Where webhooks come from, each at `/webhooks/<name>`.'),
    destinations: option('the default one', 'Where messages go.'),
    people: option(
      null,
      'Who is who: a login → that person where messages go. `by_email: true` looks up [whoever is not there](rules.md#people-by-their-e-mail-address).',
    ),
    teams: option(null, 'A team, `organisation/team` → a group where messages go, or its members.'),
    repos: option(null, 'Lists of repositories by name, for `repos` of a rule: `backend: [acme/api, "acme/jobs-*"]`.'),
    defaults: option(
      null,
      'What every rule says that does not say otherwise: `sources`, `repos`, `ignore`, `settle`, `quiet`, `to`, `mention`, `thread`, `card`, `broadcast`. A key of the rule replaces the whole of its default.',
    ),
    rules: option('what each source calls its classics', 'Who wants to hear of what, and where.'),
    reminders: option(null, 'At which times who is reminded of pull requests that wait, [by name](#reminders).'),
    retention: option('the terms below', 'How long what is kept, [see there](#retention).'),
    tests: option(null, 'What the rules should do, checked by `tidings test`.'),
  },
  source: {
    secrets: option(
      "the provider's variable",
      'One, or a list of which any will do. A variable may hold several, separated by commas.',
    ),
    template: option(
      "Tidings' own words",
      'How messages about its events are [worded](rules.md#what-a-template-says): `"Order {{ payload.id }}: {{ payload.total }} EUR"`. A rule may say it otherwise.',
    ),
  },
  people: {
    by_email: option(
      '`false`',
      '`true`: whoever has no id here is looked up by [their e-mail address](rules.md#people-by-their-e-mail-address).',
    ),
  },
  person: {
    destination: option(
      'the one that posts to that id',
      'The destination that only this person reads, for `ignore: own`.',
    ),
  },
  team: {
    members: option(
      null,
      'Logins. Filters called `teams` look them up, and without an id of its own a message names them one by one.',
    ),
  },
  rule: {
    name: option('`rule-1`, `rule-2`…', 'Its name in explanations.'),
    on: option('needed', 'Which events, see [filters](#filters).'),
    sources: option('all', 'Patterns over the names in `sources`; `!` excludes. A plain name must be one of them.'),
    repos: option(
      'all',
      "Patterns over `owner/name`, or names of lists in [`repos`](#repos-and-defaults); `!` excludes both. Case doesn't matter.",
    ),
    ignore: option(
      'none',
      '`bots`: what a bot did. `drafts`: what concerns a draft pull request. `forks`: what comes from a fork. `test`: what happened in a test mode or a sandbox. `own`: what people did themselves, in their own destinations.',
    ),
    if: option(
      'none',
      "What filters can't say: an expression in [CEL](https://cel.dev) over [`activity`](rules.md#what-if-sees), true or false.",
    ),
    settle: option(
      'not at all',
      'How long to wait after something is opened, for the labels and drafts that follow: `1s` to `10m`. It waits only if `labels`, `ignore: drafts` or an `if` about them could still change the answer. `never`: not even by default.',
    ),
    quiet: option(
      'never',
      'When this rule keeps still. What it holds back is posted afterwards. `never`: not even by default.',
    ),
    to: option(
      'all',
      'One destination or a list. People get [direct messages](rules.md#direct-messages): `"@asked"`, `"@author"`, `"@assignees"`, `"@reviewers"`, `"@mentioned"`, `"@mona"`, `"@acme/backend"`. With `stop: true` it may be empty, `[]`: what matches goes nowhere.',
    ),
    after: option(
      'at once',
      'How long people in `to` are told later, `1m` to `1d`: [only if nothing has happened until then](rules.md#direct-messages), such as their review.',
    ),
    template: option(
      "the source's, else Tidings' own words",
      'How its messages are [worded](rules.md#what-a-template-says): one line, with CEL over `activity` and `payload` between `{{` and `}}`.',
    ),
    mention: option(
      'nobody',
      'Whom the message pings: `asked` (those of whom this event asks something), `author`, `assignees`, `reviewers`, `mentioned` (in the text), `"@login"`, `organisation/team`. Only those in `people` or `teams`, and never whoever did it. Or everybody: `here` (who is there now), `channel` (all of them). `[]`: nobody.',
    ),
    thread: option(
      'as each destination has it',
      'Whether what it posts about one issue, pull request, incident or payment goes into [one conversation](rules.md#one-conversation). For destinations that have threads. `none`: only its [card](rules.md#cards) shows it, where it has one.',
    ),
    card: option(
      'as each destination has it',
      'Whether each issue, pull request or incident that it tells of has [a card](rules.md#cards): one message that shows how it stands, with what happens in its thread. For destinations that show cards.',
    ),
    broadcast: option(
      'nothing',
      'What of that is shown in the channel too, where it goes into a thread: `merged`, `closed` (without being merged), `reopened`, `ready_for_review`, `approved`, `changes_requested`, `broke`, `fixed`. `[]`: nothing. For destinations that show cards.',
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
  reminder: {
    at: option('needed', 'The time of day, such as `"09:30"`.'),
    zone: option('needed', 'The time zone of that time: `Europe/Berlin`, `America/New_York`, `UTC`.'),
    days: option('`[mon, tue, wed, thu, fri]`', 'On which days: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.'),
    except: option('none', 'Days that are left out, such as holidays: `2026-04-06`, or `12-25` for every year.'),
    older_than: option('`0s`', 'Only what waits at least this long: `4h`, `2d`, `1w`.'),
    repos: option('all', 'Patterns over `owner/name`, or names of lists in `repos`, as a rule has them.'),
    ignore: option(
      '`drafts`',
      '`drafts`: those that are drafts. `bots`: those that a bot opened, whose login ends with `[bot]`. `[]`: neither.',
    ),
    ...filterTexts(REMINDER_FACETS),
    to: option(
      'all',
      'One destination or a list. [People](reminders.md#people-and-threads) get direct messages with what waits for them: `"@asked"`, `"@mona"`, `"@acme/backend"`.',
    ),
    mention: option('nobody', 'Whom the message pings, as a rule does: `asked` are those whose turn it is.'),
    thread: option(
      '`false`',
      '`true`: the count and the people are one message, and the list is another in its thread. For destinations that have threads.',
    ),
  },
  retention: {
    bodies: option(
      '`30d`',
      'How long headers and bodies are kept, no longer than their events: `12h`, `30d`, `26w` or `forever`.',
    ),
    events: option(
      '`180d`',
      'How long events are kept, with the decisions about them and the messages they made: `35d` at least, as what a sender repeats is recognised by the event that came first.',
    ),
    attempts: option('`30d`', 'How long it is kept what was sent and what was answered, try by try.'),
    max_size: option(
      '`none`',
      'Above this size of the database the oldest bodies go before their time: `500MB`, `10GB`, `10GiB`.',
    ),
    archive_to: option(
      'nowhere',
      'A folder into which bodies are written before they go. A relative path starts at the configuration file.',
    ),
  },
  retentionException: {
    bodies: option('needed', 'How long headers and bodies of these are kept: `1d`, `forever`.'),
  },
  test: {
    name: option('needed', 'What you expect, in words.'),
    event: option(
      'this, or the next two',
      'A built-in sample, such as `pull_request.opened`; `tidings send` lists them.',
    ),
    payload: option('with `type`', "A file with the provider's JSON; its path starts at the configuration file."),
    type: option('with `payload`', "The payload's event, such as `pull_request`."),
    set: option(
      'nothing',
      'Changes the payload: a path, such as `pull_request.title`, → any value. It may name any field that the provider has, even one this payload leaves out.',
    ),
    files: option(
      'as the payload says',
      'Which files a pull request changes, for `paths`: outside of tests, Tidings asks the provider.',
    ),
    previous: option('none', 'The last result, for `transition`: `success` or `failure`.'),
    says: option('anything', 'The line that the message says, in every destination that gets one; for `template`.'),
    at: option('now', 'When it happens, for `quiet`: `2026-01-15T23:30:00+01:00`.'),
    expect: option(
      'needed',
      'The destinations that get a message, in any order; `[]`: none. Or each with whom the message calls there: `{ team: [mona, acme/backend], desk: [] }`; `[]`: nobody.',
    ),
  },
} as const satisfies Readonly<Record<string, Options>>;

function option(without: string | null, text: string): Option {
  return { without, text };
}
