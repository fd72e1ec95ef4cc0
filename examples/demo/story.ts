import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Archive } from '../../src/model/inbox/archive.ts';
import { systemClock } from '../../src/shared/clock.ts';
import type { Narrator } from './narrator.ts';
import type { Role, Sandbox } from './sandbox.ts';
import { openSender, type Sender } from './sender.ts';
import { drained, leaseLeftMs, type Tally, tally, waitingCount } from './tally.ts';

const DOZEN = [
  'pull_request.opened',
  'push',
  'issues.opened',
  'issues.labeled',
  'workflow_run.completed',
  'pull_request.review_requested',
  'issue_comment.created',
  'pull_request.merged',
  'fork',
  'release.published',
  'star.created',
  'ping',
];
const STARS = Array<string>(200).fill('star.created');
const MIXED = ['pull_request.opened', 'issues.opened', 'pull_request.merged', 'star.created', 'push'];
const BUSY = Array.from({ length: 60 }, (_, index) => MIXED[index % MIXED.length] ?? 'push');
/** The worker dies when so many of the 60 are answered: some told, some stored, some still on their way. */
const KILL_AFTER = 24;

interface Stage {
  readonly narrator: Narrator;
  readonly sandbox: Sandbox;
  readonly archive: Archive;
  readonly sender: Sender;
  readonly receiver: Role;
  worker: Role;
}

/** The whole story. Returns what was lost: nothing, or it has to be looked into. */
export async function tell(narrator: Narrator, sandbox: Sandbox): Promise<readonly string[]> {
  const { say, beat, colors } = narrator;
  say(
    `${colors.bold('Tidings')}, the whole story in twenty seconds.`,
    'A receiver and a worker of this checkout run as two processes in a folder of',
    'their own. No account, no network; all is removed at the end.',
  );
  const receiver = await sandbox.receive();
  const worker = await sandbox.work();
  await using archive = await openSqliteInbox({ path: sandbox.databasePath, clock: systemClock });
  using sender = openSender(receiver.url, sandbox.secret);
  say(
    '',
    colors.dim(`receive  pid ${receiver.pid}  ${receiver.url}`),
    colors.dim(`work     pid ${worker.pid}  cards appear below`),
  );
  await beat(800);

  const stage: Stage = { narrator, sandbox, archive, sender, receiver, worker };
  await dozen(stage);
  await forged(stage);
  await repeated(stage);
  await stars(stage);
  await crash(stage);
  return await conclude(stage);
}

async function dozen({ narrator, archive, sender }: Stage): Promise<void> {
  const { title, say, beat, colors } = narrator;
  title('Twelve deliveries, signed as GitHub signs them');
  for (const name of DOZEN) {
    await sender.post(name);
    await drained(archive);
    await beat(150);
  }
  const { told, skipped } = await tally(archive, sender.log);
  say(`${colors.green('12 × 200')}, each after its commit, half within ${medianMs(sender)} ms.`);
  say(`${told} told. ${skipped} only stored: no rule asks for them.`);
  await beat(800);
}

async function forged({ narrator, sender, receiver }: Stage): Promise<void> {
  const { title, say, beat, colors } = narrator;
  title('One forged');
  const { status, answer } = await sender.forge('pull_request.merged');
  say(`${colors.red(String(status))} ${answer}. Nothing is stored. The receiver's log says why:`);
  say(colors.dim(indented(await lastLogMessage(receiver))));
  await beat(1000);
}

async function repeated({ narrator, archive, sender }: Stage): Promise<void> {
  const { title, say, beat, colors } = narrator;
  title('One twice: "Redeliver" at GitHub');
  const { status, answer, id } = await sender.repeatFirst();
  await drained(archive);
  const event = await archive.show(id ?? 0);
  const attempts = event?.notifications.flatMap((notification) => notification.attempts).length ?? 0;
  say(
    `${colors.green(String(status))} ${answer}: it is event ${id}, told ${attempts === 1 ? 'once' : `${attempts} times`}.`,
  );
  await beat(800);
}

async function stars({ narrator, archive, sender }: Stage): Promise<void> {
  const { title, say, beat, colors } = narrator;
  title('A burst: 200 stars at once');
  const before = (await tally(archive, sender.log)).messages;
  await sender.burst(STARS, 50);
  await drained(archive);
  const messages = (await tally(archive, sender.log)).messages - before;
  say(`${colors.green('200 × 200')}, told in ${messages} ${messages === 1 ? 'message' : 'messages'} instead of 200.`);
  await beat(600);
}

async function crash(stage: Stage): Promise<void> {
  const { narrator, sandbox, archive, sender, worker } = stage;
  const { title, say, beat, colors } = narrator;
  title('kill -9 of the worker, in the middle of 60 more');
  const [first = 'push', ...others] = BUSY;
  const told = await sender.post(first);
  await drained(archive);
  let killed: Promise<void> | undefined;
  const answers = [
    told,
    ...(await sender.burst(others, 8, (done) => {
      if (done === KILL_AFTER) killed = worker.kill();
    })),
  ];
  await killed;
  const ok = answers.filter(({ status }) => status === 200).length;
  say(
    `${colors.red('✗')} pid ${worker.pid} is gone. The receiver never noticed: ${colors.green(`${ok} × 200`)}.`,
    `  ${await waitingCount(archive)} of the 60 wait in the inbox, and nobody works.`,
  );
  await beat(300);

  stage.worker = await sandbox.work();
  say(
    `${colors.green('✓')} pid ${stage.worker.pid} takes its place. First the dead worker's lease has to run out (10 s`,
    '  at most), so that two never tell the same. Meanwhile: why was event 2 not told?',
    '',
  );
  await sandbox.run('explain', '2');
  say('');
  await leaseRunsOut(stage);
  await drained(archive);
}

/** GitHub does not wait either: what arrives meanwhile is stored, and wakes the new worker as soon as it may begin. */
async function leaseRunsOut({ narrator, archive, sender }: Stage): Promise<void> {
  let leftMs = await leaseLeftMs(archive);
  for (let beforeMs = Number.POSITIVE_INFINITY; leftMs <= beforeMs; leftMs = await leaseLeftMs(archive)) {
    beforeMs = leftMs;
    // The first card must find an empty line.
    if (leftMs > 700) narrator.live(`${Math.ceil(leftMs / 1000)} s, ${await waitingCount(archive)} waiting`);
    else narrator.clear();
    await sleep(leftMs > 700 ? 500 : 100);
    await sender.post('watch.started');
  }
  narrator.clear();
}

async function conclude({ narrator, archive, sender }: Stage): Promise<readonly string[]> {
  const { title, say, colors } = narrator;
  const result = await tally(archive, sender.log);
  title('The tally: what we sent, against the inbox');
  say(...tallyLines(result, sender, colors));
  if (result.lost.length > 0) {
    say('', colors.red('Lost:'), ...result.lost.map((line) => `  ${line}`));
    return result.lost;
  }
  say('', `Your turn:  ${colors.cyan('npm start')}, and in another terminal`);
  say(`            ${colors.cyan('npx tidings send pull_request.opened')}`);
  return [];
}

function tallyLines(result: Tally, { log }: Sender, colors: Narrator['colors']): string[] {
  const count = (answer: string) => log.filter((posted) => posted.answer === answer).length;
  const row = (name: string, value: number, words: string) =>
    `  ${name.padEnd(12)}${String(value).padStart(5)}   ${colors.dim(words)}`;
  const refused = log.length - count('accepted') - count('duplicate');
  const lost = row('lost', result.lost.length, '');
  return [
    row('sent by us', log.length, `${count('accepted')} accepted, ${count('duplicate')} duplicate, ${refused} refused`),
    row('stored', result.stored, 'byte for byte, each once'),
    row('told', result.told, `in ${result.messages} messages`),
    row('skipped', result.skipped, 'no rule asks for them'),
    ...(result.perhapsTwice === 0
      ? []
      : [row('told twice', result.perhapsTwice, 'perhaps: it died between sending and recording')]),
    result.lost.length === 0 ? colors.bold(colors.green(lost.trimEnd())) : colors.bold(colors.red(lost.trimEnd())),
  ];
}

function medianMs({ log }: Sender): number {
  const times = log.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return Math.ceil(times[Math.floor(times.length / 2)] ?? 0);
}

/** The log reaches us through a pipe, a moment after the answer. */
async function lastLogMessage(role: Role): Promise<string> {
  for (const deadline = Date.now() + 2_000; Date.now() < deadline; await sleep(10)) {
    const line = role
      .said()
      .split('\n')
      .findLast((line) => line.startsWith('{') && line.endsWith('}'));
    if (line !== undefined) return String(JSON.parse(line).msg);
  }
  return '(it said nothing)';
}

/** Words in lines of at most 76, two spaces before each. */
function indented(text: string): string {
  return text.replaceAll(/(.{1,76})(?:\s+|$)/g, '  $1\n').trimEnd();
}
