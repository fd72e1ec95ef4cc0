import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CATALOG } from '../../src/catalog.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { dataDir } from '../support/data-dir.ts';
import { arrivesAt, plainLines, shownOn } from './arrives.ts';
import { blocks, pages, read } from './documents.ts';

/** What the examples ask for, in the form that each has to have. */
const ENV: Readonly<Record<string, string>> = {
  SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/team',
  SLACK_BOT_TOKEN: 'xoxb-0-team',
  SLACK_APP_TOKEN: 'xapp-1-A0-0-team',
  DISCORD_WEBHOOK_URL: 'https://discord.com/api/webhooks/1100000000000000001/aTokenOfNobody',
  EMAIL_SMTP_URL: 'smtps://tidings:hush@smtp.acme.test',
  FORWARD_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  STRIPE_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  AUDIT_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  GOOGLE_CHAT_WEBHOOK_URL: 'https://chat.googleapis.com/v1/spaces/AAA/messages?key=K&token=T',
  GOTIFY_URL: 'https://gotify.acme.test',
  GOTIFY_TOKEN: 'AbCdEfGhIjKlMnO',
  MATRIX_HOMESERVER: 'https://matrix.example.org',
  MATRIX_ACCESS_TOKEN: 'syt_aTokenOfNobody',
  NTFY_URL: 'https://ntfy.sh/a-name-that-nobody-guesses',
  NTFY_TOKEN: 'tk_abcdefghijklmnopqrstuvwxyz012',
  SQL_URL: 'postgres://tidings:hush@db.acme.test/reports',
  AMQP_URL: 'amqp://tidings:hush@mq.acme.test/acme',
  NATS_URL: 'nats://tidings:hush@nats.acme.test',
  REDIS_URL: 'redis://tidings:hush@redis.acme.test',
  TEAMS_WEBHOOK_URL: 'https://acme.webhook.test/workflows/1?sig=key',
  TELEGRAM_BOT_TOKEN: '123456789:AAaTokenOfNobody-1234567890aTokenOfN',
  TELEGRAM_CHAT_ID: '-1001234567890',
  PAGERDUTY_ROUTING_KEY: '0123456789abcdef0123456789abcdef',
  GITHUB_TOKEN: 'ghp_aTokenOfNobody0123456789abcdefghijkl',
  GITHUB_DISPATCH_TOKEN: 'github_pat_aTokenOfNobody0123456789',
};

const PAGES = pages().filter(
  ({ path }) => path.startsWith('docs/destinations/') || /^docs\/(?:slack|http)\.md$/.test(path),
);

for (const { path, text } of PAGES) {
  describe(path, () => {
    test('has an example of its settings, which are accepted as they stand', async () => {
      const examples = blocks(text, ['yaml']);
      assert.ok(examples.length > 0 || /^npx tidings connect/m.test(text));
      for (const yaml of examples) {
        await using dir = await dataDir();
        await writeFile(join(dir.path, 'tidings.yaml'), yaml);
        const env = Object.fromEntries(
          [...yaml.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [name, ENV[name] ?? 'https://acme.test/hooks/key']),
        );
        const { problems } = await loaded(dir.path, env);
        assert.deepEqual(problems, [], yaml);
      }
    });

    test('shows nothing as arriving that does not arrive', () => {
      const arrives = arrivesAt(typeOf(path));
      const strange = shownOn(text).filter((line) => !arrives.has(line));
      assert.deepEqual(strange, []);
    });

    // The page of all, and the terminal, which refuses nothing.
    if (/(?:README|console)\.md$/.test(path)) return;
    test('says what arrives, and what becomes of it where it cannot', () => {
      assert.match(text, /^(?:> |```(?:text|json|sql)?$|!\[)/m);
      assert.match(text, /^## .*(?:no with|means)/m);
      assert.match(text, /#broken|tidings resume|lane (?:holds|keeps) everything|everything waits/);
    });
  });
}

async function loaded(
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly problems: readonly string[] }> {
  try {
    await loadConfig({ catalog: CATALOG, env, cwd, readOnly: true });
    return { problems: [] };
  } catch (error) {
    return { problems: [String(error)] };
  }
}

test('README shows what arrives', () => {
  const shown = [
    ...read('README.md').matchAll(/^\| \[[^\]]+\]\(docs\/destinations\/([\w-]+)\.md\)[^|]* \| (.*) \|$/gm),
  ];
  assert.ok(shown.length >= 3);
  for (const [, type = '', cell = ''] of shown) {
    const arrives = arrivesAt(type);
    assert.deepEqual(
      plainLines(cell).filter((line) => !arrives.has(line)),
      [],
      type,
    );
  }
});

function typeOf(path: string): string {
  const name = path.replace(/^.*\/|\.md$/g, '');
  return name === 'slack-flavors' ? 'slack' : name;
}
