import { createHash } from 'node:crypto';
import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';

type Json = Readonly<Record<string, unknown>>;

const TEAM = 'T0ACME001';
const APP = 'A0TIDINGS1';
const CHANNEL = 'C0GENERAL1';
const PEOPLE = ['U0MONA0001', 'U0LENA0001', 'U0HUBERT01'] as const;
const SENTENCES = [
  'The <https://example.com/status|status page> is green again.',
  'Who can look at the *failed* upload from last night?',
  'Release notes are ready:\n• retries\n• dark mode &amp; more',
] as const;

const MAKERS: ReadonlyMap<string, (scene: Scene) => Json> = new Map<string, (scene: Scene) => Json>([
  ['message', (scene) => message(scene)],
  [
    'message.file_share',
    (scene) => ({ ...message(scene), subtype: 'file_share', files: [file(scene)], upload: false }),
  ],
  ['message.message_changed', (scene) => edit(scene)],
  ['app_mention', (scene) => ({ ...message(scene), type: 'app_mention', text: `<@U0TIDINGS1> ${sentence(scene)}` })],
  ['reaction_added', (scene) => reaction(scene)],
  ['channel_created', (scene) => ({ type: 'channel_created', channel: channel(scene) })],
  ['member_joined_channel', (scene) => joined(scene)],
  ['team_join', (scene) => ({ type: 'team_join', user: profile(scene) })],
  ['pin_added', (scene) => pinned(scene)],
  ['app_uninstalled', () => ({ type: 'app_uninstalled' })],
  ['tokens_revoked', () => ({ type: 'tokens_revoked', tokens: { oauth: [PEOPLE[0]], bot: ['U0TIDINGS1'] } })],
]);

const FREE = new Set(['metadata']);
export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter((holder) => (FREE.has(holder) ? null : []), 'event.text'),
);

/** As the Events API would send it. Undefined when there is no such sample. */
function sample(name: string, scene: Scene): SamplePayload | undefined {
  const event = MAKERS.get(name)?.(scene);
  if (event === undefined) return undefined;
  const payload = {
    team_id: TEAM,
    context_team_id: TEAM,
    api_app_id: APP,
    event: { ...event, event_ts: ts(scene) },
    type: 'event_callback',
    event_id: `Ev${idOf(scene, name)}`,
    event_time: Math.floor(scene.now / 1000),
    authorizations: [
      { enterprise_id: null, team_id: TEAM, user_id: 'U0TIDINGS1', is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  };
  return { type: name, payload };
}

function message(scene: Scene): Json {
  return {
    client_msg_id: idOf(scene, 'message'),
    type: 'message',
    user: person(scene),
    text: sentence(scene),
    ts: ts(scene),
    team: TEAM,
    channel: CHANNEL,
    channel_type: 'channel',
  };
}

function edit(scene: Scene): Json {
  const before = { type: 'message', user: person(scene), text: 'Work in progress', ts: ts(scene, 60) };
  return {
    type: 'message',
    subtype: 'message_changed',
    message: { ...before, text: sentence(scene), edited: { user: person(scene), ts: ts(scene) } },
    previous_message: before,
    channel: CHANNEL,
    channel_type: 'channel',
    hidden: true,
    ts: ts(scene),
  };
}

function reaction(scene: Scene): Json {
  return {
    type: 'reaction_added',
    user: person(scene),
    reaction: 'thumbsup',
    item_user: PEOPLE[0],
    item: { type: 'message', channel: CHANNEL, ts: ts(scene, 60) },
  };
}

function joined(scene: Scene): Json {
  return { type: 'member_joined_channel', user: person(scene), channel: CHANNEL, channel_type: 'C', team: TEAM };
}

function pinned(scene: Scene): Json {
  const item = { type: 'message', channel: CHANNEL, created: Math.floor(scene.now / 1000), message: message(scene) };
  return { type: 'pin_added', user: person(scene), channel_id: CHANNEL, item };
}

function channel(scene: Scene): Json {
  const created = Math.floor(scene.now / 1000);
  return { id: `C0${idOf(scene, 'channel').slice(0, 8)}`, name: `launch-${scene.n}`, created, creator: person(scene) };
}

function file(scene: Scene): Json {
  const name = `report-${scene.n}.pdf`;
  return {
    id: `F0${idOf(scene, 'file').slice(0, 8)}`,
    name,
    title: name,
    mimetype: 'application/pdf',
    user: person(scene),
  };
}

function profile(scene: Scene): Json {
  const realName = `Mona ${scene.n}`;
  const shown = { real_name: realName, display_name: '', status_text: '', status_emoji: '' };
  return {
    id: person(scene),
    team_id: TEAM,
    name: 'mona',
    deleted: false,
    real_name: realName,
    profile: shown,
    is_bot: false,
  };
}

function person({ n }: Scene): string {
  return PEOPLE[n % PEOPLE.length] as string;
}

function sentence({ n }: Scene): string {
  return SENTENCES[n % SENTENCES.length] as string;
}

/** Seconds with a counter behind the point, `secondsAgo` before the scene: Slack's id of a message. */
function ts({ n, now }: Scene, secondsAgo = 0): string {
  return `${Math.floor(now / 1000) - secondsAgo}.${String(n % 1_000_000).padStart(6, '0')}`;
}

function idOf({ n, now }: Scene, of: string): string {
  return createHash('sha256').update(`${n} ${now} ${of}`).digest('hex').slice(0, 12).toUpperCase();
}
