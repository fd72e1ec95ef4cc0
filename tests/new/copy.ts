import { execFile } from 'node:child_process';
import { globSync, readFileSync, symlinkSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LEFT_OUT = new Set(['node_modules', '.git', 'data', 'dist']);

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** This project in a folder of its own, where files may come and go. */
export interface Copy extends AsyncDisposable {
  readonly path: string;
  /** Node, there. */
  run(...args: readonly string[]): Promise<Ran>;
  /** Path → text, of everything. */
  files(): ReadonlyMap<string, string>;
}

export async function copyOfProject(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-copy-'));
  const path = join(folder, 'tidings');
  await cp(ROOT, path, {
    recursive: true,
    filter: (source) => !LEFT_OUT.has(source.slice(ROOT.length).split(/[/\\]/, 1)[0] ?? ''),
  });
  symlinkSync(join(ROOT, 'node_modules'), join(path, 'node_modules'), 'junction');
  return {
    path,
    run: (...args) => runIn(path, args, { NODE_COMPILE_CACHE: join(folder, 'compiled') }),
    files: () => filesIn(path),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Node, there. */
export function runIn(cwd: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  // Test files that it runs are nobody's children: by this variable they would report to whoever runs us.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined, ...more };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd, env, maxBuffer: 1 << 26 }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

function filesIn(path: string): ReadonlyMap<string, string> {
  const entries = globSync('**/*', {
    cwd: path,
    withFileTypes: true,
    exclude: (entry) => entry.name === 'node_modules',
  });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(files.map((file) => [file.slice(path.length + 1).replaceAll('\\', '/'), readFileSync(file, 'utf8')]));
}
