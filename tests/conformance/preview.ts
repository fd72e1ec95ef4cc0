import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MessagePreview } from '../../src/http/api/answers/preview.ts';
import type { Message } from '../../src/model/destination.ts';
import type { StoredEvent } from '../../src/model/event.ts';
import type { ShownBlock, ShownMessage, ShownRun } from '../../src/model/plugin/preview.ts';
import { aMergedPullRequest, aNotification, anActivity, aStar, digest } from '../fixtures/activities.ts';
import { sendAs } from '../support/sending.ts';
import type { DestinationUnderTest } from './destination-under-test.ts';
import { HOSTILE, hostileActivity, hostileMentions, LONG } from './hostile-activity.ts';

const EXCERPT = [
  '## Steps\n1. Open *Upload* of `snake_case`\n2. Wait, ~~an hour~~ **a minute**, see [the log](https://acme.test/log?a=1&b=2)',
  '> It goes *on*\n\n- [x] tests\n- one\n  - two\n\n```\nif (a < b && *p) return `x`;\n```',
].join('\n\n');

const ACTIVITIES = [
  anActivity(),
  anActivity({ excerpt: EXCERPT, labels: ['bug', 'good first issue'], branch: 'fix_up/loads' }),
  anActivity({ headline: 'CI failed', tone: 'bad', actor: null, excerpt: 'a & b <c> "d" *e* _f_ ~g~ `h`' }),
  anActivity({ sentence: 'Support has a *new* case' }),
  aMergedPullRequest(),
  aStar('mona'),
];

/** How a message looks is asked of each way to send: what is shown is what is sent, whatever others wrote. */
export function previewConformance(name: string, make: () => Promise<DestinationUnderTest>): void {
  describe(`preview: ${name}`, () => {
    test('it says what is sent, and shows nothing that is not', async () => {
      await using under = await make();
      for (const [index, message] of messages(under).entries()) {
        const before = under.shown().length;
        const shown = await shownBy(under, message);
        const { kind } = await sendAs(under.destination, message, null, AbortSignal.timeout(60_000));
        assert.equal(kind, 'sent');
        const sent = letters(under.shown().slice(before).join('\n'));
        for (const text of textsOf(shown)) {
          assert.ok(sent.includes(letters(text)), `message ${index}: ${JSON.stringify(text)} is shown, and not sent`);
        }
        if (index === 0) assert.match(JSON.stringify(shown), /Uploads fail on Safari|\baction\b/);
      }
    });

    test('nothing that others write breaks it, links elsewhere or brings a secret to light', async () => {
      await using under = await make();
      for (const text of [...HOSTILE, ...LONG]) {
        const mentions = hostileMentions(text.slice(0, 1_000));
        for (const n of [1, 2]) {
          const notification = { ...aNotification(hostileActivity(text, n, n === 2 ? text : null), n), mentions };
          checked(under, await shownBy(under, { kind: 'single', notification }));
        }
        if (under.destination.digestOver === null) continue;
        const many = Array.from({ length: 14 }, (_, n) => hostileActivity(text, n % 3));
        checked(under, await shownBy(under, { ...digest(many), maybeRepeated: true }));
      }
    });

    test('it is the same each time, and sends nothing', async () => {
      await using under = await make();
      const [message] = messages(under) as [Message];
      assert.deepEqual(await shownBy(under, message), await shownBy(under, message));
      assert.deepEqual(under.shown(), []);
    });
  });
}

function messages(under: DestinationUnderTest): readonly Message[] {
  const mentions = [{ name: 'lena', ids: {} }];
  const singles = ACTIVITIES.map(
    (activity, at) => ({ kind: 'single', notification: { ...aNotification(activity, at + 1), mentions } }) as const,
  );
  return under.destination.digestOver === null ? singles : [...singles, digest(ACTIVITIES)];
}

async function shownBy({ destination }: DestinationUnderTest, message: Message): Promise<ShownMessage> {
  assert.ok(destination.preview, `${destination.type} shows no preview: see Destination.preview`);
  return destination.preview(message, storedOf(message));
}

function storedOf(message: Message): StoredEvent {
  const { eventId, receivedAt } =
    message.kind === 'single' ? message.notification : (message.notifications[0] ?? { eventId: 1, receivedAt: 0 });
  return {
    id: eventId,
    source: 'github',
    origin: 'webhook',
    deliveryId: 'd',
    guid: 'd',
    type: 'issues',
    body: Buffer.from('{"action":"opened"}'),
    headers: { 'content-type': 'application/json', 'x-github-event': 'issues' },
    receivedAt,
    storedAt: receivedAt,
    replays: 0,
    settled: null,
  };
}

function checked(under: DestinationUnderTest, shown: ShownMessage): void {
  const { destination } = under;
  MessagePreview.parse({
    destination: destination.name,
    type: destination.type,
    place: 'x',
    is_connected: true,
    ...shown,
  });
  const json = JSON.stringify(shown);
  for (const secret of under.secrets) assert.ok(!json.includes(secret), `a secret of ${destination.name} is shown`);
  for (const url of urlsOf(shown)) assert.match(url, /^https?:\/\/[^\s]+$/);
  assert.ok(shown.color === null || /^#[0-9a-f]{6}$/.test(shown.color));
}

function runsOf(block: ShownBlock): readonly ShownRun[] {
  if ('runs' in block) return block.runs;
  if (block.kind === 'fields') return block.fields.flatMap(({ value }) => value);
  return [];
}

function urlsOf({ blocks }: ShownMessage): readonly string[] {
  return blocks.flatMap((block) => [
    ...runsOf(block).flatMap(({ url }) => url ?? []),
    ...(block.kind === 'link' && block.url !== null ? [block.url] : []),
  ]);
}

/** Of blocks that people read. What programs read is sent otherwise indented, and compared by its title. */
function textsOf({ blocks }: ShownMessage): readonly string[] {
  const read = blocks.filter(({ kind }) => kind === 'text' || kind === 'small' || kind === 'quote');
  return read.flatMap((block) => runsOf(block).flatMap(({ text }) => text.split(/\s+/)));
}

/** What is left where nothing is written otherwise: letters and digits. */
function letters(text: string): string {
  return text
    .replace(/&(?:amp|lt|gt|quot|#39);/g, ' ')
    .replace(/\\u[0-9a-f]{4}|\\[nrt]/g, ' ')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
