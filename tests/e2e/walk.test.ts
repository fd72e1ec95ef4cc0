import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startGithubDouble } from '../doubles/github-double.ts';
import { createGithubHooks } from '../doubles/github-hooks.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { dataDir } from '../support/data-dir.ts';
import { sampleDelivery } from '../support/payloads.ts';
import { inTerminal, type TerminalSession } from '../support/terminal.ts';
import { freePort } from '../support/tidings-process.ts';
import { cloudflaredOnPath, portsIn } from '../support/tunnelled.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TOKEN = 'ghp_the_token_of_a_newcomer';
const MOST_COMMANDS = 6;
const run = promisify(execFile);

/** WALK_NPM_CI=1 installs for real; else the packages of this checkout stand in, and the command is counted all the same. */
const installsForReal = process.env['WALK_NPM_CI'] === '1';

/** Somebody at a terminal in the clone: what they type is counted. */
class Newcomer {
  readonly typed: string[] = [];
  prompts = 0;
  readonly #t: TestContext;
  readonly #env: Readonly<Record<string, string | undefined>>;
  cwd: string;

  constructor(t: TestContext, cwd: string, env: Readonly<Record<string, string | undefined>>) {
    this.#t = t;
    this.cwd = cwd;
    this.#env = env;
  }

  /** Types one command line; it runs in a terminal of its own. */
  type(line: string): TerminalSession {
    this.typed.push(line);
    const [program = '', ...args] = line.split(' ');
    const session = inTerminal(program, args, this.cwd, this.#env);
    this.#t.after(() => session[Symbol.asyncDispose]());
    return session;
  }

  async answers(session: TerminalSession, question: RegExp, text: string): Promise<void> {
    this.prompts++;
    await session.answer(question, text);
  }
}

test('a newcomer comes from a clone to their own pull request in Slack with six commands', async (t) => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  await using github = await startGithubDouble({ token: TOKEN });
  const hooks = createGithubHooks();
  github.mount(hooks.route);
  const tunnel = await cloudflaredOnPath(dir.path);
  const newcomer = new Newcomer(t, dir.path, {
    HOME: process.env['HOME'],
    // What is at hand: a token for GitHub, cloudflared. The doubles' addresses are the stage, not a step.
    GITHUB_TOKEN: TOKEN,
    // npx keeps a link for each checkout it is called in.
    ...(installsForReal ? {} : { npm_config_cache: join(dir.path, 'npm') }),
    GITHUB_API_URL: github.url,
    PORT: String(await freePort()),
    ...tunnel.env,
  });

  assert.equal(await newcomer.type(`git clone --quiet ${ROOT} tidings`).ends(), 0);
  newcomer.cwd = join(dir.path, 'tidings');
  if (installsForReal) assert.equal(await newcomer.type('npm ci').ends(), 0);
  else {
    newcomer.typed.push('npm ci');
    await symlink(join(ROOT, 'node_modules'), join(newcomer.cwd, 'node_modules'));
  }

  const server = newcomer.type('npm start -- --tunnel cloudflared');
  await server.shows(/Slack +not connected: messages appear here[^]*Connect: +npx tidings connect github/);
  const [port = 0] = portsIn(server.text);
  hooks.routes.set(`https://words-${port}.trycloudflare.com`, `http://127.0.0.1:${port}`);

  const sent = newcomer.type('npx tidings send pull_request.opened');
  await server.shows(/opened pull request[^]*received → stored → told in [\d.]+ m?s/);
  assert.equal(await sent.ends(), 0, sent.text);

  const toSlack = newcomer.type('npx tidings connect slack');
  await newcomer.answers(toSlack, /How shall Tidings reach Slack\?/, '');
  await newcomer.answers(toSlack, /Webhook URL \(it does not show\)/, slack.webhookUrl());
  assert.equal(await toSlack.ends(), 0, toSlack.text);
  await server.shows(/the settings changed, and are in force: 1 rule, told to slack/);

  const toGithub = newcomer.type('npx tidings connect github acme/api');
  await newcomer.answers(toGithub, /Make it\?/, '');
  assert.equal(await toGithub.ends(), 0, toGithub.text);
  assert.match(toGithub.text, /signature OK/);

  const real = sampleDelivery('pull_request.opened', 7);
  await hooks.emit({ hookId: 5_000, type: real.type, payload: JSON.parse(real.body.toString()), guid: real.guid });
  const messages = await slack.waitFor(2);
  assert.match(messages[1]?.text ?? '', /opened pull request/);
  // The hello was another process's: whoever is this quick may be asked to wait a second, and does.
  assert.deepEqual(
    slack.violations.filter(({ rule }) => rule !== 'rate'),
    [],
  );

  assert.equal((await stat(join(newcomer.cwd, '.env'))).mode & 0o777, 0o600);
  server.press('ctrl-c');
  assert.equal(await server.ends(), 0);
  const { stdout } = await run('git', ['status', '--porcelain'], { cwd: newcomer.cwd });
  assert.equal(stdout.replace('?? node_modules\n', ''), '', 'nothing that git would see is left');
  t.diagnostic(`${newcomer.typed.length} commands, ${newcomer.prompts} prompts:\n${newcomer.typed.join('\n')}`);
  assert.ok(newcomer.typed.length <= MOST_COMMANDS, newcomer.typed.join('\n'));
});
