import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Written } from '../../../model/plugin/plugin.ts';
import type { Variables } from '../../../model/plugin/variables.ts';
import { manifestOf, newAppLink } from './app-manifest.ts';
import { FEATURES, type Feature, needsOf } from './needs.ts';
import { switchedOn } from './switched-on.ts';

const TOKEN = '${SLACK_BOT_TOKEN}';
const POSTING = ['chat:write', 'chat:write.public', 'channels:read', 'groups:read'];
const BOT = { bot_user: { display_name: 'tidings' } };

interface File {
  readonly destinations?: Readonly<Record<string, Written>>;
  readonly sources?: Readonly<Record<string, Written>>;
}

function app({ destinations = {}, sources = {} }: File, wanted?: string, publicUrl: string | null = null) {
  const set = { base: () => publicUrl, text: () => null } as unknown as Variables;
  const path = '/tidings.yaml';
  const ownDestinations = { path, names: Object.keys(destinations), variables: [], written: destinations };
  return switchedOn({ set, ownDestinations, ownSources: { path, secretVariables: {}, written: sources } }, wanted);
}

/** Scopes, and the rest but for name and description. */
function manifest(file: File, wanted?: string, publicUrl?: string) {
  const { oauth_config, display_information, ...rest } = Object(manifestOf(app(file, wanted, publicUrl)));
  assert.ok(display_information.name.length <= 35);
  return { ...oauth_config.scopes, ...rest };
}

const team = { type: 'slack', token: TOKEN, channel: '#team' };

test('an app that only posts asks for nothing else, with cards and threads too', () => {
  assert.deepEqual(manifest({}), { bot: POSTING, features: BOT });
  const shown = { ...team, card: true, thread: true };
  assert.deepEqual(manifest({ destinations: { shown } }), { bot: POSTING, features: BOT });
  assert.deepEqual(manifest({}, 'cards'), { bot: POSTING, features: BOT });
});

test('direct messages want the tab that people read them in', () => {
  const people = { type: 'slack', token: TOKEN, direct: true };
  const app_home = { messages_tab_enabled: true, messages_tab_read_only_enabled: true };
  assert.deepEqual(manifest({ destinations: { people } }), { bot: POSTING, features: { app_home, ...BOT } });
  assert.deepEqual(manifest({ destinations: { people: { ...people, direct: false } } }), {
    bot: POSTING,
    features: BOT,
  });
});

test('reading back may be left out when the app is installed', () => {
  const history = ['channels:history', 'groups:history'];
  assert.deepEqual(manifest({}, 'history'), {
    bot: [...POSTING, ...history],
    bot_optional: history,
    features: BOT,
  });
  const ofPeople = manifest({}, 'history,direct').bot_optional;
  assert.deepEqual(ofPeople, [...history, 'im:history', 'im:write']);
});

test('who can be asked has a command, a Home and a socket, or the address of its source', () => {
  const desk = { type: 'slack', token: TOKEN, answers: 'ask' };
  const sources = { ask: { provider: 'slack', app_token: '${SLACK_APP_TOKEN}' } };
  const bySocket = manifest({ destinations: { desk }, sources });
  assert.deepEqual(bySocket.bot, [...POSTING, 'users:read', 'commands', 'app_mentions:read']);
  assert.deepEqual(bySocket.features.app_home, {
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: true,
  });
  assert.deepEqual(
    bySocket.features.slash_commands.map((each: { readonly command: string; readonly url?: string }) => [
      each.command,
      each.url,
    ]),
    [['/tidings', undefined]],
  );
  const events = ['app_home_opened', 'app_mention'];
  assert.deepEqual(bySocket.settings, {
    event_subscriptions: { bot_events: events },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  });
  const url = 'https://tidings.example.org/webhooks/ask';
  const byHttp = manifest(
    { destinations: { desk }, sources: { ask: { provider: 'slack', secrets: '${SLACK_SIGNING_SECRET}' } } },
    '',
    'https://tidings.example.org',
  );
  assert.equal(byHttp.features.slash_commands[0].url, url);
  assert.deepEqual(byHttp.settings, {
    event_subscriptions: { request_url: url, bot_events: events },
    interactivity: { is_enabled: true, request_url: url },
    socket_mode_enabled: false,
  });
});

test('another app is another matter, where the token is not the one that is connected', () => {
  const other = { type: 'slack', token: '${OTHER_TOKEN}', direct: true };
  assert.deepEqual(manifest({ destinations: { team, other } }).features, BOT);
  assert.ok(app({ destinations: { other } }).features.has('direct'));
  const elsewhere = { type: 'discord', token: TOKEN, direct: true };
  assert.deepEqual(manifest({ destinations: { elsewhere } }).features, BOT);
});

test('a file that cannot be used yet asks for no more than it says', () => {
  const strange = { team: {}, people: { type: 'slack', token: 7, direct: 'no' }, answers: { ...team, answers: ['x'] } };
  for (const [name, destination] of Object.entries(strange)) {
    assert.ok(manifest({ destinations: { [name]: destination } }).bot.includes('chat:write'), name);
  }
  const desk = { ...team, answers: 'constructor' };
  assert.equal(manifest({ destinations: { desk } }).settings.socket_mode_enabled, true);
});

test('what nobody knows is refused with what there is', () => {
  assert.throws(
    () => app({}, 'cards,dierct'),
    /--with knows no "dierct"\. Did you mean "direct"\? It takes cards, direct, history, answers/,
  );
  assert.deepEqual([...app({}, ' cards, direct ').features], ['cards', 'direct']);
});

test('each scope is asked for once, with a reason, and everything fits into a link', () => {
  const all = new Set<Feature>(FEATURES);
  const scopes = needsOf(all).map(({ scope }) => scope);
  assert.deepEqual(scopes, [...new Set(scopes)]);
  for (const { why } of needsOf(all)) assert.match(why, /\w{3}/);
  const link = newAppLink({ features: all, hearing: { kind: 'socket' } });
  assert.ok(link.length < 2_000, String(link.length));
  assert.equal(new URL(link).searchParams.get('new_app'), '1');
});
