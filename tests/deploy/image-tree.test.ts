import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type dataDir as DataDir, dataDir } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { issueOpened } from '../support/payloads.ts';
import { freePort, SECRET } from '../support/tidings-process.ts';
import { AGREED, deployFile } from './deploy-file.ts';
import { IMAGE_USER, type ImageTree, imageTree, listed } from './image-tree.ts';

let folder: Awaited<ReturnType<typeof DataDir>>;
let tree: ImageTree;

before(async () => {
  folder = await dataDir();
  tree = await imageTree(folder.path);
});

after(async () => {
  spawnSync('chmod', ['-R', 'u+w', folder.path]);
  await rm(folder.path, { recursive: true, force: true });
});

interface Container extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
  /** The image's HEALTHCHECK, run beside it. */
  healthcheck(): number | null;
  stop(): Promise<{ readonly code: number | null }>;
}

/** Runs `command` as the image would: its user, its variables, its directory. */
async function contain(command: readonly string[], env: Readonly<Record<string, string>>): Promise<Container> {
  const port = await freePort();
  const settings = {
    ...tree.image.env,
    PATH: `${tree.programs}:/usr/bin:/bin`,
    PORT: String(port),
    GITHUB_WEBHOOK_SECRET: SECRET,
    ...env,
  };
  const options = { cwd: tree.app, env: settings, ...IMAGE_USER };
  const [program = '', ...words] = command;
  const child = spawn(program, words, { ...options, stdio: 'ignore' });
  const exited = once(child, 'exit');
  const healthcheck = () => {
    const [check = '', ...args] = tree.image.healthcheck;
    return spawnSync(check, args, options).status;
  };
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
    return { code: child.exitCode };
  };
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    healthcheck,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

/** As Docker does it: the HEALTHCHECK again and again, with a pause, until it is fine. */
async function becomeHealthy(container: Container): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; container.healthcheck() !== 0; await setTimeout(500)) {
    assert.ok(performance.now() < deadline && container.child.exitCode === null, 'it becomes healthy');
  }
}

async function volume() {
  const made = await dataDir();
  const { uid, gid } = IMAGE_USER;
  if (uid !== undefined && gid !== undefined) chownSync(made.path, uid, gid);
  return made;
}

test("the image's start command takes webhooks, is healthy, and stops when told to", async () => {
  await using data = await volume();
  const before = listed(tree.app);
  const { entrypoint, command } = tree.image;
  await using container = await contain([...entrypoint, ...command], { DATA_DIR: data.path });
  await becomeHealthy(container);
  assert.deepEqual((await deliver(container.url, issueOpened(1))).body, { status: 'accepted', id: 1 });
  // Docker kills what does not end by itself within `stopS` seconds; what ends by itself has code 0.
  const { code } = await container.stop();
  assert.equal(code, 0);
  assert.ok(existsSync(join(data.path, 'tidings.db')));
  assert.notEqual(container.healthcheck(), 0, 'nobody is there any more');
  assert.deepEqual(listed(tree.app), before, 'nothing was written beside DATA_DIR');
});

test("Railway's start command keeps its events on Railway's volume, wherever that is mounted", async () => {
  await using data = await volume();
  const { deploy } = JSON.parse(deployFile('railway.json')) as { readonly deploy: { readonly startCommand: string } };
  await using container = await contain(['/bin/sh', '-c', `exec ${deploy.startCommand}`], {
    DATA_DIR: AGREED.dataDir,
    RAILWAY_VOLUME_MOUNT_PATH: data.path,
  });
  await becomeHealthy(container);
  assert.ok(existsSync(join(data.path, 'tidings.db')));
  assert.equal((await container.stop()).code, 0);
});

test('what the image carries is small, and nothing of development is in it', () => {
  const [size = ''] = spawnSync('du', ['-sk', '--apparent-size', '--exclude=.cache', 'node_modules'], {
    cwd: tree.app,
    encoding: 'utf8',
  }).stdout.split('\t');
  assert.ok(Number(size) <= 20_000, `node_modules has ${size} KiB`);
  for (const unwanted of ['node_modules/typescript', 'node_modules/@biomejs', '.env', 'tests', 'data']) {
    assert.ok(!existsSync(join(tree.app, unwanted)), unwanted);
  }
  assert.deepEqual(
    listed(tree.app).filter((path) => path.startsWith('src/') && path.endsWith('.test.ts')),
    [],
  );
});
