import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newEvent } from '../../../tests/fixtures/stored.ts';
import { configure, dataDir, openInbox } from '../../../tests/support/data-dir.ts';
import { MessagePreviews } from '../../http/api/answers/preview.ts';
import { systemClock } from '../../shared/clock.ts';
import { sample } from '../../sources/github/samples/sample.ts';
import { workerSettings } from '../build.ts';
import { load } from '../load.ts';
import { preview } from './preview.ts';
import { readerOf } from './read-again.ts';
import { activitySeen, saidOf } from './said.ts';

const NOW = Date.UTC(2030, 0, 31, 12);
const HOOK = 'https://hooks.slack.com/services/T0000/B0000/abcdefghijklmnopqrstuvwx';

const CONFIG = {
  people: { 'lena-k': { slack: 'U012AB3CD' } },
  destinations: {
    team: { type: 'slack', webhook_url: HOOK },
    ops: { type: 'http', url: 'https://ops.acme.test/in?key=very-secret-key' },
    app: { type: 'forward', url: 'https://app.acme.test/in', signature: 'none', raw: true },
  },
  rules: [
    {
      name: 'issues',
      on: ['issues.opened'],
      to: 'team',
      mention: '@lena-k',
      template: 'A case: {{ activity.subject.title }}',
    },
  ],
};

function bodyOf(name: string) {
  const made = sample(name, { n: 0, now: NOW });
  return { type: made?.type ?? '', text: JSON.stringify(made?.payload) };
}

interface Stored {
  readonly type: string;
  readonly text: string;
}

/** A stored event, and what is asked of it by the rules of CONFIG. */
async function stage(...events: Stored[]) {
  return stageWith(CONFIG, ...events);
}

async function stageWith(settings: object, ...events: Stored[]) {
  const dir = await dataDir();
  await configure(dir.path, settings);
  const inbox = await openInbox(dir.path);
  const config = await load({ readOnly: true, purpose: 'both' }, { env: { DATA_DIR: dir.path }, cwd: dir.path });
  const console = { write: async () => {}, color: false, width: 80 };
  const surroundings = { console, version: '1.2.3', invocation: 'tidings' } as unknown as Parameters<
    typeof workerSettings
  >[1];
  const { destinations } = await workerSettings(config, surroundings, inbox);
  for (const event of events) await inbox.append(newEvent({ ...event, receivedAt: systemClock.now() }));
  const read = readerOf({ inbox, config: () => config });
  return {
    read,
    preview: async (id: number, to: string | null = null) => {
      const shown = await preview({ destinations: () => destinations }, read, id, to);
      return shown && MessagePreviews.parse(shown);
    },
    async [Symbol.asyncDispose]() {
      await inbox[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

test('it is shown as the rules in force would tell it: where, in which words, calling whom', async () => {
  await using on = await stage(bodyOf('issues.opened'));
  const shown = await on.preview(1);
  assert.deepEqual(shown?.previews.map(({ destination }) => destination).toSorted(), ['app', 'team']);
  const team = shown?.previews.find(({ destination }) => destination === 'team');
  assert.equal(team?.place, 'Slack');
  const text = JSON.stringify(team?.blocks);
  assert.match(text, /A case: /);
  assert.match(text, /@lena-k/);
});

test('a destination that no rule names shows it as if one did, and calls nobody', async () => {
  await using on = await stage(bodyOf('issues.opened'));
  const shown = await on.preview(1, 'ops');
  assert.equal(shown?.previews.length, 1);
  const [block] = shown?.previews[0]?.blocks ?? [];
  assert.ok(block?.kind === 'code');
  const body = JSON.parse(block.text) as {
    readonly type: string;
    readonly data: { readonly mentions: readonly unknown[] };
  };
  assert.equal(body.type, 'issues.opened');
  assert.ok(!JSON.stringify(shown).includes('very-secret-key'));
});

test('what says nothing is still forwarded as it came, and elsewhere there is a reason', async () => {
  await using on = await stage({ type: 'issues', text: '[]' });
  const app = await on.preview(1, 'app');
  assert.ok(JSON.stringify(app?.previews[0]?.blocks).includes('[]'));
  const team = await on.preview(1, 'team');
  assert.deepEqual(team?.previews, []);
  assert.match(team?.says ?? '', /should be a JSON object/);
});

test('no such destination, and no such event', async () => {
  await using on = await stage(bodyOf('issues.opened'));
  assert.match((await on.preview(1, 'nowhere'))?.says ?? '', /There is no destination "nowhere" here/);
  assert.equal(await on.preview(2), null);
  assert.equal(await saidOf(on.read, 2), null);
  assert.equal(await activitySeen(on.read, 2), null);
});

test('what happened in one sentence, its page, and what rules see', async () => {
  await using on = await stage(bodyOf('issues.opened'), { type: 'issues', text: '[]' });
  const said = await saidOf(on.read, 1);
  assert.match(said?.said ?? '', /opened issue #/);
  assert.match(said?.url ?? '', /^https:\/\//);
  assert.deepEqual(await saidOf(on.read, 2), { said: null, url: null });
  const seen = await activitySeen(on.read, 1);
  assert.equal(seen?.activity?.['kind'], 'issues.opened');
  assert.match((await activitySeen(on.read, 2))?.reason ?? '', /JSON object/);
});

test('while nothing is connected, what is told is also shown as the proposed destination would show it', async () => {
  await using on = await stageWith({}, bodyOf('issues.opened'), bodyOf('star.deleted'));
  const [told, proposed, ...others] = (await on.preview(1))?.previews ?? [];
  assert.deepEqual([told?.type, told?.is_connected], ['console', true]);
  assert.deepEqual([proposed?.place, proposed?.is_connected, others.length], ['Slack', false, 0]);
  assert.match(JSON.stringify(proposed?.blocks), /issue/);
  assert.deepEqual((await on.preview(1, 'console'))?.previews.length, 1, 'who asks for one gets that one');
  assert.deepEqual((await on.preview(2))?.previews, [], 'what is not told there would not be told elsewhere');
});
