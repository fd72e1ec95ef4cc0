import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, globSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installsReally } from '../support/installs-really.ts';
import { deployFile, ROOT } from './deploy-file.ts';
import { type Copied, readStages, type Stage } from './dockerfile.ts';

const run = promisify(execFile);
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED/;

/** `node` in the image: https://github.com/nodejs/docker-node, uid and gid 1000. Only root can become it. */
export const IMAGE_USER = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};

export interface ImageTree {
  /** What the image has at its WORKDIR, /app. */
  readonly app: string;
  /** What the image has on its PATH: node and tini. */
  readonly programs: string;
  readonly image: Stage;
}

/**
 * The image's files in `folder`, made by the Dockerfile's own COPY and RUN lines, so that neither drifts from the other.
 * What needs Debian (apt-get, install -d) is left out; tini is stood in for by a shell that becomes what it is given.
 */
export async function imageTree(folder: string): Promise<ImageTree> {
  const [build, image] = readStages(deployFile('Dockerfile'));
  if (build === undefined || image === undefined) throw new Error('the Dockerfile has two stages');
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  symlinkSync(process.execPath, join(programs, 'node'));
  writeFileSync(join(programs, 'tini'), '#!/bin/sh\n[ "$1" = -- ] && shift\nexec "$@"\n', { mode: 0o755 });

  const stage = join(folder, 'build');
  mkdirSync(stage);
  for (const copy of build.copies) copyContext(copy, stage);
  for (const command of build.runs) await runLine(command, stage, programs);

  const app = join(folder, 'app');
  mkdirSync(app);
  for (const { from, sources, target } of image.copies) {
    if (from !== build.name || sources.join() !== '/app') throw new Error('the image copies /app of the build stage');
    // Nobody needs the stage any more: moved, not copied.
    renameSync(stage, resolve(app, target));
  }
  sealed(folder, app);
  return { app, programs, image };
}

/** What .dockerignore keeps out stays out. */
function copyContext({ sources, target }: Copied, stage: string): void {
  const kept = deployFile('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('**'));
  for (const source of sources) {
    // A pattern stands for what this checkout's person may have: it is not the image's.
    if (source.includes('[')) continue;
    const to = sources.length > 1 || target.endsWith('/') ? join(stage, target, source) : join(stage, target);
    cpSync(join(ROOT, source), to, {
      recursive: true,
      filter: (path) => !kept.some((pattern) => matchesGlob(path, pattern)),
    });
  }
}

async function runLine(line: string, cwd: string, programs: string): Promise<void> {
  for (const command of line.split('&&').map((part) => part.trim())) {
    if (/^(?:apt-get|install -d|rm -rf|ln -s)\b/.test(command)) continue;
    const [program = '', ...words] = command.split(/\s+/);
    if (program === 'npm' && !installsReally()) {
      copyDependencies(cwd);
      continue;
    }
    // What npm has fetched before is not fetched again: after `npm ci` in this checkout no registry is asked.
    const own = { PATH: `${programs}:${process.env['PATH']}`, NODE_COMPILE_CACHE: undefined };
    const env = { ...process.env, ...own, npm_config_prefer_offline: 'true' };
    await run(program, words, { cwd, env }).catch((error: { readonly stderr?: string }) => {
      if (program !== 'npm' || !UNREACHABLE.test(error.stderr ?? '')) throw error;
      copyDependencies(cwd);
    });
  }
}

/** Without a registry: what the lock file says production installs, from this checkout. */
function copyDependencies(cwd: string): void {
  const { packages } = JSON.parse(deployFile('package-lock.json')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  for (const [place, { dev }] of Object.entries(packages)) {
    if (place === '' || dev === true || !existsSync(join(ROOT, place))) continue;
    cpSync(join(ROOT, place), join(cwd, place), { recursive: true });
  }
}

/** Nobody may write there, and the image's user may read. */
function sealed(folder: string, app: string): void {
  chmodSync(folder, 0o755);
  spawnSync('chmod', ['-R', 'a-w,a+rX', app]);
}

/** Everything in the tree, to see that nothing was left there. */
export function listed(app: string): readonly string[] {
  return globSync('**/*', { cwd: app }).toSorted();
}
