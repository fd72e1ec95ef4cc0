import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkProblem, within } from './networks.ts';

test('an address, a network or a name, of both versions, and no address beyond it', () => {
  const cases: readonly (readonly [entry: string, inside: readonly string[], outside: readonly string[]])[] = [
    ['loopback', ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'], ['128.0.0.1', '::2', '10.0.0.1']],
    ['linklocal', ['169.254.1.1', 'fe80::1', 'fe80::1%eth0'], ['169.253.1.1', 'fec0::1']],
    ['uniquelocal', ['10.1.2.3', '172.31.0.1', '192.168.4.4', 'fd00::1'], ['172.32.0.1', '192.169.0.1', 'fe00::1']],
    ['192.0.2.7', ['192.0.2.7', '::ffff:192.0.2.7', '::ffff:c000:207'], ['192.0.2.8', '::192.0.2.7']],
    ['192.0.2.0/25', ['192.0.2.0', '192.0.2.127'], ['192.0.2.128']],
    ['2001:db8::/32', ['2001:db8:ffff::1'], ['2001:db9::1', '192.0.2.1']],
  ];
  for (const [entry, inside, outside] of cases) {
    assert.equal(networkProblem(entry), null);
    const isIn = within([entry]);
    for (const address of inside) assert.equal(isIn(address), true, `${address} in ${entry}`);
    for (const address of [...outside, '', 'loopback', '127.0.0.1:80', ' 127.0.0.1', '127.1', '0x7f.0.0.1']) {
      assert.equal(isIn(address), false, `${address} not in ${entry}`);
    }
  }
  assert.equal(within([])('127.0.0.1'), false);
});

test('what is no network says why', () => {
  for (const entry of [
    'caddy',
    '10.0.0',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/a',
    '10.0.0.0/-1',
    'fe80::1%eth0',
    '',
    '*',
    'Loopback',
    'constructor',
  ]) {
    assert.match(networkProblem(entry) ?? '', /^is no address: .*Names of hosts are not looked up/, entry);
    assert.throws(() => within([entry]), /is no address/);
  }
  assert.match(networkProblem('10.0.0.0/33') ?? '', /from 1 to 32/);
  assert.match(networkProblem('fd00::/129') ?? '', /from 1 to 128/);
  for (const all of ['0.0.0.0/0', '::/0']) assert.match(networkProblem(all) ?? '', /^is everybody/);
});
