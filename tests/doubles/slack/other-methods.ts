import { checkView, faultsOf } from '../slack-rules.ts';
import { type Call, type Method, needs, no, type Said, structured, TIER, textOf, wrong } from './call.ts';
import { unescapedInBlocks } from './markup.ts';
import { type ApiUser, TEAM_ID } from './workspace.ts';

function authTest({ workspace, app }: Call): Said {
  return {
    ok: true,
    url: 'https://acme.slack.com/',
    team: workspace.settings.team,
    user: app.user,
    team_id: TEAM_ID,
    user_id: app.userId,
    bot_id: app.botId,
  };
}

/** A person as others see them; the address with a scope of its own. */
function shownUser({ app }: Call, user: ApiUser): object {
  const { id, name, email, tz = 'Europe/Berlin', guest, strangerOf, isDeleted = false, isBot = false } = user;
  const mail = app.scopes.includes('users:read.email') && email !== undefined ? { email } : {};
  return {
    id,
    team_id: strangerOf ?? TEAM_ID,
    name,
    deleted: isDeleted,
    tz,
    is_bot: isBot,
    is_restricted: guest !== undefined,
    is_ultra_restricted: guest === 'single',
    ...(strangerOf !== undefined && { is_stranger: true }),
    profile: { real_name: name, display_name: name, ...mail },
  };
}

function usersInfo(call: Call): Said {
  const missing = needs(call.app, 'users:read');
  if (missing) return missing;
  const user = call.workspace.user(call.args['user']);
  return user ? { ok: true, user: shownUser(call, user) } : no('user_not_found');
}

function lookupByEmail(call: Call): Said {
  const missing = needs(call.app, 'users:read.email', 'users:read');
  if (missing) return missing;
  const email = textOf(call.args['email']).toLowerCase();
  const user = call.workspace.users.find((each) => each.email?.toLowerCase() === email && !each.isDeleted);
  return user ? { ok: true, user: shownUser(call, user) } : no('users_not_found');
}

const VIEW_BYTES = 250_000;

function viewOf({ args }: Call, type: 'home' | 'modal') {
  const json = structured(args['view']);
  if (JSON.stringify(json ?? null).length > VIEW_BYTES) return wrong('view_too_large', 'a view of more than 250 kB');
  const checked = checkView(json);
  if ('why' in checked) return wrong('invalid_arguments', checked.why);
  if (checked.type !== type) return wrong('invalid_arguments', `a view of the type ${checked.type}`);
  const loose = unescapedInBlocks(checked.blocks);
  return loose === null ? checked : wrong('invalid_arguments', `mrkdwn is not escaped: ${loose}`);
}

/** The trigger of a click or a command, once and within three seconds. */
function viewsOpen(call: Call): Said {
  const { workspace, args, at } = call;
  const view = viewOf(call, 'modal');
  if ('ok' in view) return view;
  const taken = workspace.takeTrigger(args['trigger_id'], at);
  if ('error' in taken) return no(taken.error);
  workspace.modals.push({ user: taken.user, view });
  return { ok: true, view: { ...view, id: workspace.nextId('V'), hash: workspace.nextId('hash') } };
}

/** `hash` of the view that the caller has seen last: another one since is not overwritten. */
function viewsPublish(call: Call): Said {
  const { workspace, app, args } = call;
  const view = viewOf(call, 'home');
  if ('ok' in view) return view;
  if (!app.hasHomeTab) return no('not_enabled');
  const user = workspace.user(args['user_id']);
  if (!user) return no('invalid_arguments', { response_metadata: { messages: ['invalid `user_id`'] } });
  const now = workspace.views.get(user.id);
  if (args['hash'] !== undefined && args['hash'] !== now?.hash) return no('hash_conflict');
  const kept = { id: now?.id ?? workspace.nextId('V'), hash: workspace.nextId('hash'), view };
  workspace.views.set(user.id, kept);
  return { ok: true, view: { ...view, id: kept.id, hash: kept.hash, team_id: TEAM_ID, app_id: app.id } };
}

function react({ workspace, app, args }: Call, isAdded: boolean): Said {
  const missing = needs(app, 'reactions:write');
  if (missing) return missing;
  const channel = workspace.channelFor(app, args['channel']);
  if (!channel) return no('channel_not_found');
  if (!channel.members.has(app.userId)) return no('not_in_channel');
  const message = workspace.messages.find(channel.id, args['timestamp']);
  if (!message) return no('message_not_found');
  if (channel.isArchived) return no('is_archived');
  const name = textOf(args['name']);
  if (!/^[a-z0-9_+-]{1,100}$/.test(name)) return wrong('invalid_name', `reaction ${name}`);
  const users = message.reactions.get(name) ?? new Set();
  if (users.has(app.userId) === isAdded) return no(isAdded ? 'already_reacted' : 'no_reaction');
  if (isAdded) users.add(app.userId);
  else users.delete(app.userId);
  if (users.size > 0) message.reactions.set(name, users);
  else message.reactions.delete(name);
  return { ok: true };
}

/** https://docs.slack.dev/reference/methods/blocks.validate */
function validate({ args }: Call): Said {
  const given = (['blocks', 'message', 'view'] as const).filter((name) => args[name] !== undefined);
  const [what] = given;
  if (what === undefined || given.length > 1) {
    const messages = ['must provide exactly one of `blocks`, `view`, or `message`'];
    return no('invalid_arguments', { response_metadata: { messages } });
  }
  const errors = faultsOf(what, structured(args[what]));
  return errors.length === 0 ? { ok: true } : no(`invalid_${what}`, { errors });
}

export const OTHERS: Readonly<Record<string, Method>> = {
  'auth.test': { perMinute: null, takesJson: true, run: authTest },
  'users.info': { perMinute: TIER.four, run: usersInfo },
  'users.lookupByEmail': { perMinute: TIER.three, run: lookupByEmail },
  'views.open': { perMinute: TIER.four, takesJson: true, run: viewsOpen },
  'views.publish': { perMinute: TIER.four, takesJson: true, run: viewsPublish },
  'reactions.add': { perMinute: TIER.three, takesJson: true, run: (call) => react(call, true) },
  'reactions.remove': { perMinute: TIER.two, takesJson: true, run: (call) => react(call, false) },
  'blocks.validate': { perMinute: null, takesJson: true, run: validate },
};
