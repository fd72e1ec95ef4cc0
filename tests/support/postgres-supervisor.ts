import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDENTITY, NOBODY, postgresPrograms } from './postgres-programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidings-postgres-'));
if (IDENTITY.uid !== undefined) chownSync(folder, NOBODY, NOBODY);
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const bin = postgresPrograms(folder);
const data = join(folder, 'data');
run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
const port = Number(process.argv[2]);
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=16MB',
  'max_connections=200',
  // The last one said counts.
  ...process.argv.slice(3),
];
const server = spawn(
  join(bin, 'postgres'),
  ['-D', data, '-p', `${port}`, ...settings.flatMap((each) => ['-c', each])],
  {
    ...IDENTITY,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  },
);
server.stderr.setEncoding('utf8').on('data', (text: string) => {
  if (text.includes('ready to accept connections')) process.stdout.write('ready\n');
});
server.once('exit', () => process.exit());
// The pipe closes when the test's process ends, however it ends: then the server ends at once too.
process.stdin.resume().once('end', () => server.kill('SIGQUIT'));

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(join(bin, program), args, { ...IDENTITY, cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}
