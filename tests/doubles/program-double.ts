import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENCE_MS } from '../support/patience.ts';
import { waitUntil } from './wait-until.ts';

/** How the next run ends; one that is not planned tells it and exits with 0. */
export type ProgramPlan = 'again' | 'refused' | 'missing' | 'killed' | 'stuck';

export interface ProgramDouble extends AsyncDisposable {
  /** What starts it. */
  readonly command: readonly string[];
  /** The folder that is its argument. */
  readonly folder: string;
  /** What it read, in the order of its runs. */
  readonly told: readonly string[];
  /** `TIDINGS_ID` of the same. */
  readonly ids: readonly string[];
  plan(next: ProgramPlan): void;
  /** Resolves when so many were told. */
  waitFor(count: number): Promise<void>;
}

/** Only what is planned costs a second process. */
const PROGRAM = `
is() { [ -e "$1/$2" ] && rm "$1/$2"; }
is "$1" again && exit 75
is "$1" missing && exit 127
is "$1" refused && { echo "nobody is on call" >&2; exit 3; }
echo "$TIDINGS_ID" >> "$1/ids"
cat >> "$1/told"
is "$1" killed && kill -KILL $$
is "$1" stuck && exec sleep 60
exit 0
`;

/** A program that writes down what it reads. */
export async function startProgramDouble(): Promise<ProgramDouble> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-program-'));
  const lines = (name: string) => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  };
  const told = () => lines('told');
  const watchers = new Set<() => void>();
  const watcher = watch(folder, () => {
    for (const look of watchers) look();
  });
  return {
    command: ['/bin/sh', '-c', PROGRAM, 'page-me', folder],
    folder,
    get told() {
      return told();
    },
    get ids() {
      return lines('ids');
    },
    plan: (next) => writeFileSync(join(folder, next), ''),
    waitFor: (count) => waitUntil(() => told().length >= count, watchers, PATIENCE_MS, told),
    async [Symbol.asyncDispose]() {
      watcher.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
