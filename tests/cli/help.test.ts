import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newWorld, run } from './test-cli.ts';

const HELP = `Examples:
  $ tidings start                     receive webhooks, decide, and post
  $ tidings send pull_request.opened  a signed sample, from another terminal
  $ tidings events --since 2h         what arrived lately
  $ tidings explain 42                why event 42 was, or was not, announced
  $ tidings doctor                    check this installation

Usage: tidings [options] [command]
`;

test('help shows real examples first, on stdout', async () => {
  const { code, stdout, stderr } = await run(newWorld(), ['--help']);
  assert.equal(stdout.slice(0, HELP.length), HELP);
  assert.deepEqual([code, stderr], [0, '']);
});

test('every command has help with an example, and no option for a secret', async () => {
  const { stdout } = await run(newWorld(), ['--help']);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) .*$/gm)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== 'help');
  assert.ok(names.length >= 10, `only ${names.join()}`);
  for (const name of names) {
    const help = await run(newWorld(), [name, '--help']);
    assert.match(help.stdout, new RegExp(`^Examples:\\n {2}\\$ tidings ${name}`));
    assert.doesNotMatch(help.stdout, /--(?:secret|token|password)\b(?!-env)/);
  }
});

test('no command at all is a usage error that shows the help on stderr', async () => {
  const { code, stdout, stderr } = await run(newWorld(), []);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /^Examples:/);
});

test('the version is one line of data', async () => {
  assert.deepEqual(await run(newWorld(), ['--version']), { code: 0, stdout: '0.1.0\n', stderr: '' });
});

const MISTAKES: readonly (readonly [argv: readonly string[], says: RegExp])[] = [
  [['sned'], /unknown command 'sned'\n\(Did you mean send\?\)/],
  [['events', '--sate', 'failed'], /unknown option '--sate'\n\(Did you mean --state\?\)/],
  [['events', '--state', 'lost'], /Allowed choices are pending, routed, skipped, failed, quarantined/],
  [['events', '--limit', '0'], /whole number from 1/],
  [['events', '--since', 'yesterday'], /30m, 2h or 7d/],
  [['events', 'show'], /missing required argument 'id'/],
  [['events', 'show', 'x7'], /"x7" is no event id/],
  [['explain', '0'], /is no event id/],
  [['replay'], /What shall be replayed\?/],
  [['replay', '1', '--state', 'failed'], /not both/],
  [['events', 'shw', '1'], /"shw" is nothing that events takes\. Did you mean: tidings events show 1/],
  [['events', '42'], /Did you mean: tidings events show 42/],
  [['send'], /Which sample shall be sent\?\n\nSamples:\n {2}issues\.opened/],
  [['send', 'issue.opened'], /Did you mean issues\.opened\?/],
  [
    ['send', 'pull_request'],
    /no sample "pull_request"\. Say what happens to it: pull_request\.opened, .*pull_request\.merged/,
  ],
  [['send', 'pull_requests'], /Say what happens to it: pull_request\.opened/],
  [['send', 'zebra'], /no sample "zebra"\.\n\nSamples:\n {2}issues\.opened/],
  [['send', 'ping', '--to', 'localhost:3000'], /no address/],
  [['send', 'ping', '--set', 'nonsense', '--dry-run'], /path=value/],
  [['send', 'ping', '--secret-env', 'MISSING', '--dry-run'], /MISSING is not set/],
  [['listen', '--port', '99999'], /0 to 65535/],
];

for (const [argv, says] of MISTAKES) {
  test(`\`${argv.join(' ')}\` is a usage error that says what to do`, async () => {
    const { code, stdout, stderr } = await run(newWorld(), argv);
    assert.match(stderr, says);
    assert.deepEqual([code, stdout], [2, '']);
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack trace');
  });
}
