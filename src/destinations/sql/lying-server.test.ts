import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { OPENING } from '../../../tests/conformance/destination.ts';
import { aNotification, anActivity } from '../../../tests/fixtures/activities.ts';
import type { Outcome } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { channel } from './channel.ts';

/** What becomes of a row at a server that does this to each connection. */
async function at(protocol: 'postgres' | 'mysql', lie: (socket: Socket) => void, timeoutMs = 10_000): Promise<Outcome> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    lie(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `${protocol}://me:a-password-of-nobody@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/x`;
  try {
    await using destination = await channel.open({
      ...OPENING,
      settings: { url: new Secret(url), table: 'activities', key: 'id', concurrency: 1, timeout_ms: timeoutMs },
    });
    const notification = aNotification(anActivity());
    return await destination.send(
      { kind: 'single', notification },
      { signal: new AbortController().signal, earlier: null },
    );
  } finally {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
}

/** A packet of MySQL's protocol: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html */
function packet(sequence: number, ...parts: readonly (string | readonly number[])[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
  return Buffer.concat([Buffer.from([body.length & 255, body.length >> 8, 0, sequence]), body]);
}

const GREETING = packet(
  0,
  [10],
  '8.0.40\0',
  [1, 0, 0, 0],
  'abcdefgh\0',
  [0xff, 0xff, 45, 2, 0, 0xff, 0xdf, 21],
  '\0'.repeat(10),
  'ijklmnopqrst\0',
  'mysql_native_password\0',
);
const OK = [0, 0, 0, 2, 0, 0, 0];

for (const protocol of ['postgres', 'mysql'] as const) {
  test(`${protocol}: a server that says nothing, nonsense or goodbye is tried again, and no password is said`, async () => {
    const outcomes = [
      await at(protocol, () => {}, 100),
      await at(protocol, (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), 500),
      await at(protocol, (socket) => void socket.write(Buffer.alloc(200, 0xff)), 500),
      await at(protocol, (socket) => void socket.destroy()),
    ];
    for (const outcome of outcomes) {
      assert.equal(outcome.kind, 'retry', JSON.stringify(outcome));
      assert.ok(!JSON.stringify(outcome).includes('a-password-of-nobody'));
    }
    assert.match(JSON.stringify(outcomes[0]), /cannot be reached: no answer within 0\.1 s/);
  });
}

test('MySQL: a server that is full, and one that wants a file of this machine or the password in clear', async () => {
  const full = await at('mysql', (socket) => void socket.write(packet(0, [0xff, 0x10, 0x04], 'Too many connections')));
  assert.match(JSON.stringify(full), /"retry".*Too many connections \(1040\); it has too many connections/);

  const heard: Buffer[] = [];
  const wanting = (answer: Buffer) => (socket: Socket) => {
    socket.write(GREETING);
    socket.once('data', () => {
      socket.write(answer);
      socket.on('data', (bytes) => void heard.push(bytes));
    });
  };
  const clear = await at('mysql', wanting(packet(2, [0xfe], 'mysql_clear_password\0')), 500);
  assert.notEqual(clear.kind, 'sent', JSON.stringify(clear));
  assert.ok(!Buffer.concat(heard).includes('a-password-of-nobody'));

  const file = await at(
    'mysql',
    (socket) => {
      socket.write(GREETING);
      socket.once('data', () => {
        socket.write(packet(2, OK));
        socket.once('data', () => {
          socket.on('data', (bytes) => void heard.push(bytes));
          socket.write(packet(1, [0xfb], '/etc/passwd'));
        });
      });
    },
    500,
  );
  assert.notEqual(file.kind, 'sent', JSON.stringify(file));
  assert.ok(!Buffer.concat(heard).includes('root:'));
});
