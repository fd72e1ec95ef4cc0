import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../../catalog.ts';
import { ConfigError } from '../config-error.ts';
import { loadConfig } from '../load-config.ts';
import type { Env } from './process-env.ts';

/** What is printed, without its heading. */
async function printed(t: TestContext, env: Env): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-config-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  try {
    await loadConfig({ catalog: CATALOG, env: { GITHUB_WEBHOOK_SECRET: 'known', ...env }, cwd });
    return 'no problem';
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message.replace(/^\d+ problems? in the configuration\n\n/, '');
  }
}

const VARIABLES: readonly (readonly [env: Env, message: string])[] = [
  [{ PORT: '65536' }, 'PORT: "65536" is not a port: give a number from 1 to 65535, or 0 for any free one.'],
  [
    { TRUSTED_PROXIES: 'loopback, caddy' },
    'TRUSTED_PROXIES: "caddy" is no address: give one, such as 10.0.0.1 or 10.0.0.0/8, or loopback, linklocal, uniquelocal. Names of hosts are not looked up.',
  ],
  [
    { TRUSTED_PROXIES: '0.0.0.0/0' },
    'TRUSTED_PROXIES: "0.0.0.0/0" is everybody: name the proxies alone, or what they say is what anybody says.',
  ],
  [
    { HOST: 'localhost:80' },
    'HOST: "localhost:80" is not an address to listen on: give 127.0.0.1, 0.0.0.0 for all, or a name. The port goes into PORT.',
  ],
  [
    { DATABASE_URL: 'postgres://u:p w@h:x/d' },
    'DATABASE_URL: is no address: postgres://user:password@host:5432/database, with @, : and / in the password written as %40, %3A and %2F.',
  ],
  [
    { DATABASE_URL: 'postgres://u:pw@a:1,,b:2/d' },
    'DATABASE_URL: is no address: postgres://user:password@host:5432/database, with @, : and / in the password written as %40, %3A and %2F.',
  ],
  [
    { DATABASE_URL: 'postgres://u:pw@a,b:2/d?target_session_attrs=prefer-standby' },
    'DATABASE_URL: must say target_session_attrs=read-write: Tidings writes.',
  ],
  [
    { DATABASE_URL: 'mysql://u:pw@h/d' },
    'DATABASE_URL: must be sqlite: and a path, such as sqlite:./data/tidings.db, or postgres://user:password@host/database.',
  ],
  [
    { DATABASE_URL: 'sqlite::memory:' },
    'DATABASE_URL: must name a file: Tidings keeps events on disk, and takes no options after the path.',
  ],
  [
    { SLACK_WEBHOOK_URL: 'hooks.slack.com/verysecret' },
    'SLACK_WEBHOOK_URL: must be an address that begins with https:// or http://, without a name and password in it.',
  ],
  [
    { SLACK_BOT_TOKEN: 'xoxb-1' },
    'SLACK_BOT_TOKEN: needs a channel to post to: set SLACK_CHANNEL too, as in SLACK_CHANNEL="#releases".',
  ],
  [
    { SLACK_CHANNEL: '#releases' },
    'SLACK_CHANNEL: needs a bot token to post with: set SLACK_BOT_TOKEN too. A webhook has its own channel.',
  ],
  [
    { SLACK_BOT_TOKEN: 'xoxp-verysecret', SLACK_CHANNEL: '#releases' },
    "SLACK_BOT_TOKEN: is a user token, which would post in a person's name: copy the Bot User OAuth Token, which begins with xoxb- (https://api.slack.com/apps → the app → OAuth & Permissions).",
  ],
  [
    { GITHUB_WEBHOOK_SECRET: ' , ' },
    'GITHUB_WEBHOOK_SECRET: is set, but holds no secret. Give the one set at GitHub, or unset it to have one generated.',
  ],
  [
    { RAILWAY_PUBLIC_DOMAIN: 'https://x' },
    'RAILWAY_PUBLIC_DOMAIN: "https://x" is not a domain. Set PUBLIC_URL to say where this server is reached.',
  ],
];

for (const [env, message] of VARIABLES) {
  test(message, async (t) => assert.equal(await printed(t, env), message));
}
