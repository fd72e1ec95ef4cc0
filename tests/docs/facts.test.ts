import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { CATALOG } from '../../src/catalog.ts';
import { EXIT } from '../../src/cli/cli-error.ts';
import { REPLAY_STATES } from '../../src/cli/commands/replay/replay-states.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { variablesOf } from '../../src/config/read/variables.ts';
import { consoleDestination } from '../../src/destinations/console/console-destination.ts';
import { httpDestination } from '../../src/destinations/http/http-destination.ts';
import { slackDestination } from '../../src/destinations/slack/slack-destination.ts';
import { createCollectors } from '../../src/http/metrics/collectors.ts';
import { DEFAULT_TIMING } from '../../src/jobs/timing.ts';
import type { Outcome } from '../../src/model/destination.ts';
import { EVENT_STATES } from '../../src/model/event.ts';
import { FATES } from '../../src/model/fate.ts';
import { CARD_STATES } from '../../src/model/inbox/cards.ts';
import { NOTIFICATION_STATES } from '../../src/model/notification.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { dataDir } from '../support/data-dir.ts';
import { codeSpans, pages, read, tableRows } from './documents.ts';

const STATES = read('docs/states.md');
const OPERATIONS = read('docs/operations.md');
const README = read('README.md');
const MIB = 1024 * 1024;

/** All numbers that stand before or behind these words. */
function numbers(text: string, pattern: RegExp): readonly number[] {
  const found = [...text.matchAll(pattern)].map(([, number = '']) => Number(number.replaceAll(',', '')));
  assert.ok(found.length > 0, `nothing says ${pattern}`);
  return found;
}

describe('how often is tried', () => {
  const quiet = { write: () => {}, color: false, width: 80 };
  const address = 'https://hooks.slack.com/services/T0/B0/x';
  const slack = slackDestination({ name: 'slack', webhookUrl: new Secret(address), perSecond: 1 });
  const http = httpDestination({ name: 'http', url: new Secret('https://example.org/x'), secret: null });
  const terminal = consoleDestination({ name: 'console', ...quiet });

  test('is what docs/states.md says', () => {
    assert.equal(slack.retry.maxTries, http.retry.maxTries);
    const said = /^Tries before `dead`: ([\d,]+) for Slack and HTTP, ([\d,]+) for the terminal/m.exec(STATES) ?? [];
    assert.deepEqual(
      said.slice(1).map((number) => Number(number.replaceAll(',', ''))),
      [slack.retry.maxTries, terminal.retry.maxTries],
    );
  });

  test('is what the README says', () => {
    assert.deepEqual(numbers(README, /([\d,]+) tries/g), [slack.retry.maxTries]);
  });

  test('and the burst that becomes a digest, is what docs/states.md says', () => {
    const said = /More than (\d+) for Slack, (\d+) for the terminal: one digest of up to\s+([\d,]+)/.exec(STATES) ?? [];
    assert.deepEqual(
      said.slice(1).map((number) => Number(number.replaceAll(',', ''))),
      [slack.digestOver, terminal.digestOver, slack.digestMax],
    );
    assert.equal(http.digestOver, null);
  });
});

test('the times of leases in docs/states.md are those that workers keep', () => {
  const { renewMs, leaseTtlMs, minLeaseMs, regainMs } = DEFAULT_TIMING;
  assert.deepEqual(numbers(STATES, /renew every (\d+) s/g), [renewMs / 1000]);
  assert.deepEqual(numbers(STATES, /asks every (\d+) s/g), [renewMs / 1000]);
  assert.deepEqual(numbers(STATES, /renewed for (\d+) s/g), [leaseTtlMs / 1000]);
  assert.deepEqual(new Set(numbers(STATES, /least (\d+) s of the lease/g)), new Set([minLeaseMs / 1000]));
  assert.deepEqual(numbers(STATES, /within (\d+) ms/g), [regainMs]);
});

describe('states', () => {
  /** The words of a table's cell: `dead`, `unknown`; or routed. */
  const cells = (rows: readonly (readonly string[])[], index: number) =>
    new Set(rows.flatMap((row) => row[index]?.split(', ') ?? []));

  test('of events in docs/states.md are those in the code', () => {
    const to = cells(tableRows(STATES, 'Event'), 1);
    assert.deepEqual(to, new Set(EVENT_STATES));
  });

  test('of notifications are those in the code', () => {
    const to = cells(tableRows(STATES, 'Notification'), 1);
    assert.deepEqual(to, new Set(NOTIFICATION_STATES));
  });

  test('of cards are those in the code', () => {
    assert.deepEqual(cells(tableRows(STATES, 'Cards'), 0), new Set(CARD_STATES));
  });

  test('that say what became of an event are those in the code', () => {
    assert.deepEqual(cells(tableRows(STATES, 'What became of an event'), 1), new Set(FATES));
  });

  test('of an attempt are those in the code', () => {
    const kinds: Record<Outcome['kind'], true> = {
      sent: true,
      retry: true,
      rejected: true,
      broken: true,
      unknown: true,
    };
    assert.deepEqual(cells(tableRows(STATES, 'One attempt'), 0), new Set(Object.keys(kinds)));
  });

  test('that replay takes are those in docs/operations.md', () => {
    const said = [...OPERATIONS.matchAll(/`(?:replay )?--state (\w+(?:\|\w+)+)`/g)].flatMap(([, all = '']) =>
      all.split('|'),
    );
    assert.deepEqual(new Set(said), new Set(REPLAY_STATES));
  });
});

test('exit codes in docs/operations.md are those of the program', () => {
  const said = /^Exit codes: ([^]*?)\n\n/m.exec(OPERATIONS)?.[1] ?? '';
  assert.deepEqual(numbers(said, /(?:^|, )(\d+) /g), Object.values(EXIT));
});

test('metrics in docs/operations.md are those that are collected', async () => {
  const archive = { depths: async () => [] };
  const upkeep = { storedSize: async () => ({ bytes: 0, freeBytes: 0 }) };
  const { body } = await createCollectors({ archive, upkeep, clock: systemClock, inFlightBytes: () => 0 }).text();
  const collected = [...body.matchAll(/^# TYPE (tidings_\w+)/gm)].map(([, name]) => name);
  const said = tableRows(OPERATIONS, 'Metrics').flatMap(([names = '']) => names.split(', '));
  assert.deepEqual(new Set(said), new Set(collected));
});

test('limits are said as they are', async () => {
  await using dir = await dataDir();
  const { maxBodyBytes, maxInFlightBytes } = await loadConfig({
    catalog: CATALOG,
    env: {},
    cwd: dir.path,
    readOnly: true,
  });
  const configuration = read('docs/configuration.md');
  const library = read('docs/library.md');
  assert.deepEqual(numbers(configuration, /up to (\d+) MiB/g), [maxBodyBytes / MIB]);
  assert.deepEqual(numbers(configuration, /at most (\d+) MiB/g), [maxInFlightBytes / MIB]);
  assert.deepEqual(numbers(library, /(\d+) MiB a body/g), [maxBodyBytes / MIB]);
  assert.deepEqual(numbers(library, /(\d+) MiB of all/g), [maxInFlightBytes / MIB]);
  const security = read('docs/security.md');
  assert.deepEqual(numbers(security, /At most (\d+) MiB a body/g), [maxBodyBytes / MIB]);
  assert.deepEqual(numbers(security, /(\d+) MiB of all/g), [maxInFlightBytes / MIB]);
  assert.deepEqual(numbers(OPERATIONS, /at (\d+) MiB/g), [maxInFlightBytes / MIB]);
});

describe('environment variables', () => {
  /** Those of other programs and of files that the docs show, which Tidings does not read, and what Matrix, Google and Zulip call their errors. */
  const FOREIGN =
    /^(?:LITESTREAM_\w+|TUNNEL_\w+|POSTGRES_PASSWORD|PGPASSWORD|RAILWAY_RUN_UID|ACME_\w+|RELEASES_\w+|MATTERMOST_\w+|SHOP_SECRET|BACKUP_TOKEN|CLERK_\w+|RESEND_\w+|TEAM_\w+|AUDIT_\w+|TIDINGS_\w+|EX_TEMPFAIL|NODE_EXTRA_CA_CERTS|STREAM_DOES_NOT_EXIST|NEW_DATABASE|GUESS|NO_COLOR|INVOCATION_ID|DATABASE_URL_TEST|GITHUB_(?:ENV|OUTPUT)|M_[A-Z_]+|INVALID_ARGUMENT)$/;

  function providers() {
    return Promise.all(Object.values(CATALOG.providers).map((load) => load()));
  }

  /** Asked for by the program itself, whatever they hold. */
  async function known(): Promise<ReadonlySet<string>> {
    await using dir = await dataDir();
    const asked = new Set<string>();
    const env = new Proxy<Record<string, string>>(
      {},
      {
        get: (_, name) => {
          asked.add(String(name));
          return undefined;
        },
      },
    );
    await loadConfig({ catalog: CATALOG, env, cwd: dir.path, readOnly: true });
    // Rows are asked only where one of their variables is set.
    const variables = variablesOf(env, []);
    for (const load of Object.values(CATALOG.channels)) {
      const { channel } = await load();
      channel.fromEnv?.(variables);
      channel.byDefault?.settings(variables);
      for (const name of Object.keys((await channel.schema()).variables ?? {})) asked.add(name);
    }
    for (const { provider } of await providers()) {
      provider.fromEnv?.(variables);
      asked.add(provider.secret.variable);
      if (provider.secret.instead !== undefined) asked.add(provider.secret.instead.variable);
    }
    return asked;
  }

  test('that the program asks for are in docs/configuration.md', async () => {
    const spans = new Set(codeSpans(read('docs/configuration.md')));
    const unsaid = [...(await known())].filter((name) => !spans.has(name));
    assert.deepEqual(unsaid, []);
  });

  test('that a page names are asked for', async () => {
    const asked = await known();
    // Some providers name their events so.
    const events = (await Promise.all((await providers()).map(({ provider }) => provider.events()))).flatMap(
      Object.keys,
    );
    const named = new Set([...asked, ...events]);
    const strange = pages()
      .filter(({ path }) => !path.startsWith('docs/adr/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/(?<![\w$./-])\$?\{?([A-Z][A-Z0-9]*_[A-Z0-9_]+|PORT|HOST)(?=[}`=\s,.;:]|$)/gm)]
          .map(([, name = '']) => name)
          .filter((name) => !named.has(name) && !FOREIGN.test(name))
          .map((name) => `${path}: ${name}`),
      );
    assert.deepEqual([...new Set(strange)], []);
  });
});

test('install scripts are those that ADR 1 and docs/security.md name', () => {
  interface Locked {
    readonly hasInstallScript?: boolean;
  }
  const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Record<string, Locked> };
  const owners = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([place]) => /node_modules\/(@[^/]+|[^/]+)/.exec(place)?.[1] ?? place);
  for (const path of ['docs/adr/0001-typescript-run-directly-on-node-24.md', 'docs/security.md']) {
    const page = read(path);
    for (const owner of new Set(owners)) assert.ok(page.includes(`\`${owner}`), `${path}: ${owner}`);
  }
});

test('the learning path is as long as the README says', () => {
  const steps = [...read('examples/README.md').matchAll(/^## (\d+)\. /gm)].map(([, step]) => Number(step));
  const words = ['six', 'seven', 'eight', 'nine', 'ten'];
  const said = new RegExp(`in (${words.join('|')}) small programs`).exec(README)?.[1] ?? '';
  assert.equal(words.indexOf(said) + 6, steps.at(-1));
});

test('the README knows how many events and actions there are', async () => {
  const { catalog } = await import('../golden/catalog.ts');
  assert.deepEqual(numbers(README, /(\d+) events and actions/g), [catalog().length]);
});

test('decisions are numbered once, and each says whether it holds', () => {
  const names = readdirSync(new URL('../../docs/adr/', import.meta.url));
  const numbersOf = names.map((name) => name.slice(0, 4));
  assert.equal(new Set(numbersOf).size, names.length);
  for (const name of names) assert.match(read(`docs/adr/${name}`), /accepted|superseded/, name);
});
