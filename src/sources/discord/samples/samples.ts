import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';

type Json = Readonly<Record<string, unknown>>;

const APP = '1234560123453231555';
const GUILD = '290926798626357999';
const CHANNEL = '645027906669510667';
const PEOPLE = ['Mona', 'Lena', 'Hubert'] as const;
const SENTENCES = ['Anyone up for a raid?', 'The boss is down, well played!', 'See you at nine.'] as const;

/** `data` of webhook events. */
const EVENTS: ReadonlyMap<string, (scene: Scene) => Json> = new Map<string, (scene: Scene) => Json>([
  [
    'APPLICATION_AUTHORIZED',
    (scene) => ({
      integration_type: 0,
      scopes: ['applications.commands', 'bot'],
      user: user(scene),
      guild: { id: GUILD, name: 'Acme players' },
    }),
  ],
  ['APPLICATION_DEAUTHORIZED', (scene) => ({ user: user(scene) })],
  ['ENTITLEMENT_CREATE', (scene) => entitlement(scene, { type: 1, deleted: false })],
  ['ENTITLEMENT_DELETE', (scene) => entitlement(scene, { type: 1, deleted: true })],
  ['LOBBY_MESSAGE_CREATE', (scene) => ({ ...message(scene), lobby_id: snowflake(scene, 1) })],
  ['GAME_DIRECT_MESSAGE_CREATE', (scene) => message(scene)],
]);

/** What an interaction holds beside its frame. */
const INTERACTIONS: ReadonlyMap<string, (scene: Scene) => Json> = new Map<string, (scene: Scene) => Json>([
  [
    'APPLICATION_COMMAND',
    (scene) => ({
      type: 2,
      data: { id: snowflake(scene, 2), name: 'deploy', type: 1, options: [{ type: 3, name: 'service', value: 'web' }] },
    }),
  ],
  [
    'MESSAGE_COMPONENT',
    (scene) => ({
      type: 3,
      data: { component_type: 2, custom_id: 'approve' },
      message: {
        id: snowflake(scene, 3),
        channel_id: CHANNEL,
        content: 'Deploy web?',
        components: [{ type: 1, components: [{ type: 2, custom_id: 'approve', label: 'Approve', style: 3 }] }],
      },
    }),
  ],
  [
    'MODAL_SUBMIT',
    () => ({
      type: 5,
      data: {
        custom_id: 'feedback',
        components: [
          { type: 18, component: { type: 4, custom_id: 'what_is_missing', value: 'A dark mode would be nice.' } },
        ],
      },
    }),
  ],
]);

export const SAMPLES = samplesBy(
  [...INTERACTIONS.keys(), ...EVENTS.keys()],
  sample,
  createFieldSetter((holder) => (holder === 'data' || holder === 'user' ? null : []), 'data.name'),
);

function sample(type: string, scene: Scene): SamplePayload | undefined {
  const interaction = INTERACTIONS.get(type)?.(scene);
  if (interaction !== undefined)
    return { type, payload: { ...frame(scene, String(interaction['type'])), ...interaction } };
  const data = EVENTS.get(type)?.(scene);
  const timestamp = new Date(scene.now).toISOString().replace('Z', String(scene.n % 1000).padStart(3, '0'));
  return data && { type, payload: { version: 1, application_id: APP, type: 1, event: { type, timestamp, data } } };
}

function frame(scene: Scene, type: string): Json {
  return {
    version: 1,
    token: 'a token of nobody',
    application_id: APP,
    id: snowflake(scene, 8 + Number(type)),
    guild_id: GUILD,
    channel_id: CHANNEL,
    channel: { id: CHANNEL, name: 'general', type: 0 },
    member: { user: user(scene), nick: null, roles: [] },
    locale: 'en-US',
  };
}

function user(scene: Scene): Json {
  const name = PEOPLE[scene.n % PEOPLE.length] as string;
  return { id: snowflake(scene, 5), username: name.toLowerCase(), global_name: name, avatar: null, discriminator: '0' };
}

function message(scene: Scene): Json {
  const content = SENTENCES[scene.n % SENTENCES.length] as string;
  return { id: snowflake(scene, 6), type: 0, content, channel_id: CHANNEL, author: user(scene), attachments: [] };
}

function entitlement(scene: Scene, more: Json): Json {
  return {
    id: snowflake(scene, 7),
    sku_id: '123489045643835123',
    application_id: APP,
    user_id: snowflake(scene, 5),
    consumed: false,
    ...more,
  };
}

/** An id of that time, as Discord makes them: one for each thing of a scene. */
function snowflake({ n, now }: Scene, thing: number): string {
  return String((BigInt(Math.max(0, now - 1_420_070_400_000)) << 22n) + BigInt((n % 262_144) * 16 + thing));
}
