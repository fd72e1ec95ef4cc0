import type { App } from './app.ts';
import { scopeOf, shown } from './conversations.ts';
import type { Deliveries, Delivery } from './deliveries.ts';
import type { Message } from './messages.ts';
import { type Channel, TEAM_ID, type Workspace } from './workspace.ts';

interface Place {
  readonly channel: string;
  readonly user: string;
}

export interface PeopleOptions {
  readonly workspace: Workspace;
  readonly app: App;
  readonly deliveries: Deliveries;
  readonly now: () => number;
  /** Where `response_url` points. */
  readonly origin: string;
  /** Types of events that the app has subscribed to. Null: all. */
  readonly subscribed: readonly string[] | null;
}

/** What people and administrators of the workspace do, and what the app is told of it: nothing it lacks the scope for. */
export class People {
  readonly #at: PeopleOptions;

  constructor(options: PeopleOptions) {
    this.#at = options;
  }

  /** Presses a button, or takes an option of a menu, the first if none is named by its text, of a message that stands. */
  press(place: Place & { readonly ts: string; readonly actionId: string; readonly option?: string }): Delivery {
    const { workspace, app } = this.#at;
    const { channel: id, ts, actionId, user } = place;
    const alone = workspace.ephemerals.find((each) => each.channel === id && each.ts === ts && each.user === user);
    const message = alone ?? workspace.messages.find(id, ts);
    const found = message === undefined ? undefined : actionIn(message.blocks ?? [], actionId, place.option);
    if (message === undefined || found === undefined) throw new Error(`${id} ${ts} has no action ${actionId}`);
    const { element, blockId } = found;
    const action = {
      ...element,
      action_id: actionId,
      block_id: blockId,
      action_ts: workspace.messages.nextTs(this.#now()),
    };
    const isEphemeral = alone !== undefined;
    return this.#tell('interactive', {
      type: 'block_actions',
      ...this.#who(place),
      api_app_id: app.id,
      token: 'aLegacyTokenThatProvesNothing',
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: id,
        is_ephemeral: isEphemeral,
        ...(message.threadTs !== null && { thread_ts: message.threadTs }),
      },
      channel: { id, name: this.#channel(id).name },
      message: isEphemeral ? undefined : workspace.messages.wire(message),
      state: { values: {} },
      ...this.#handles(place, message),
      actions: [action],
    });
  }

  /** Presses a button in the app's Home: it has no `response_url`. */
  pressHome(user: string, actionId: string): Delivery {
    const { workspace, app } = this.#at;
    const kept = workspace.views.get(user);
    const { blocks = [] } = (kept?.view ?? {}) as Pick<Message, 'blocks'>;
    const found = actionIn(blocks, actionId);
    if (kept === undefined || found === undefined) throw new Error(`the Home of ${user} has no action ${actionId}`);
    const { element, blockId: block_id } = found;
    const action = { ...element, action_id: actionId, block_id, action_ts: workspace.messages.nextTs(this.#now()) };
    return this.#tell('interactive', {
      type: 'block_actions',
      ...this.#who({ channel: '', user }),
      api_app_id: app.id,
      token: 'aLegacyTokenThatProvesNothing',
      container: { type: 'view', view_id: kept.id },
      trigger_id: workspace.giveTrigger(user, this.#now()),
      view: { ...kept.view, id: kept.id, hash: kept.hash },
      actions: [action],
    });
  }

  /** Types `/command`, which works in no thread. */
  command(place: Place & { readonly text: string; readonly command?: string }): Delivery | null {
    const { workspace, app } = this.#at;
    if (!app.scopes.includes('commands')) return null;
    const { channel, user, text, command = '/tidings' } = place;
    return this.#tell('slash_commands', {
      token: 'aLegacyTokenThatProvesNothing',
      team_id: TEAM_ID,
      team_domain: 'acme',
      channel_id: channel,
      channel_name: this.#channel(channel).name,
      user_id: user,
      user_name: workspace.user(user)?.name ?? '',
      command,
      text,
      api_app_id: app.id,
      is_enterprise_install: 'false',
      ...this.#handles(place, null),
    });
  }

  /** Writes a message; the app is told where it may read, and where it is mentioned. */
  say({
    channel: id,
    user,
    text,
    threadTs = null,
  }: Place & { readonly text: string; readonly threadTs?: string | null }) {
    const { workspace, app } = this.#at;
    const channel = this.#channel(id);
    const said = { text, blocks: undefined, metadata: null, isBroadcast: false };
    const from = { user, botId: null, appId: null, threadTs };
    const message = workspace.messages.add({ channel: id, at: this.#now(), ...from, ...said });
    const event = { ...workspace.messages.wire(message), channel: id };
    const isIn = channel.members.has(app.userId);
    const isMention = text.includes(`<@${app.userId}>`);
    const deliveries = [
      isIn ? this.#event({ ...event, channel_type: typeOf(channel) }, scopeOf(channel, 'history'), channel) : null,
      isIn && isMention ? this.#event({ ...event, type: 'app_mention' }, 'app_mentions:read', channel) : null,
    ];
    return { message, deliveries: deliveries.filter((each) => each !== null) };
  }

  /** Opens the app's Home. No scope is needed. */
  openHome(user: string): Delivery | null {
    const { workspace, app } = this.#at;
    if (!app.hasHomeTab) return null;
    const kept = workspace.views.get(user);
    const view = kept && { view: { ...kept.view, id: kept.id, hash: kept.hash } };
    const { id: channel } = workspace.direct(app, user);
    return this.#event({ type: 'app_home_opened', user, channel, tab: 'home', ...view }, null, null);
  }

  /** Deletes a message, whoever wrote it. Only who may read the channel is told. */
  remove(channelId: string, ts: string): Delivery | null {
    const { workspace, app } = this.#at;
    const channel = this.#channel(channelId);
    const message = workspace.messages.find(channelId, ts);
    if (message === undefined) throw new Error(`${channelId} has no message ${ts}`);
    const previous_message = workspace.messages.wire(message);
    workspace.messages.remove(message);
    if (!channel.members.has(app.userId)) return null;
    const event = { type: 'message', subtype: 'message_deleted', hidden: true, channel: channelId };
    const more = { deleted_ts: ts, previous_message, channel_type: typeOf(channel) };
    return this.#event({ ...event, ...more }, scopeOf(channel, 'history'), channel);
  }

  /** Nobody may reply any more. */
  lock(channel: string, ts: string): void {
    const message = this.#at.workspace.messages.find(channel, ts);
    if (message === undefined) throw new Error(`${channel} has no message ${ts}`);
    message.isLocked = true;
  }

  archive(id: string, isArchived = true): Delivery | null {
    const channel = this.#channel(id);
    channel.isArchived = isArchived;
    return this.#aboutChannel(isArchived ? 'archive' : 'unarchive', channel, { channel: id });
  }

  rename(id: string, name: string): Delivery | null {
    const channel = this.#channel(id);
    channel.name = name;
    return this.#aboutChannel('rename', channel, { channel: { ...shown(channel, this.#at.app.userId), id, name } });
  }

  deleteChannel(id: string): Delivery | null {
    const channel = this.#channel(id);
    const { channels } = this.#at.workspace;
    channels.splice(channels.indexOf(channel), 1);
    return this.#aboutChannel('deleted', channel, { channel: id });
  }

  /** Takes the bot out. */
  kick(id: string): Delivery | null {
    const channel = this.#channel(id);
    channel.members.delete(this.#at.app.userId);
    return this.#aboutChannel('left', channel, { channel: id });
  }

  /** Takes the app's token away, or the app out of the workspace. */
  revoke(why: 'token_revoked' | 'account_inactive'): void {
    const { workspace, app } = this.#at;
    workspace.refused.set(app.id, why);
  }

  #aboutChannel(what: string, channel: Channel, more: object): Delivery | null {
    const prefix = channel.isPrivate ? 'group' : 'channel';
    return this.#event({ type: `${prefix}_${what}`, ...more }, scopeOf(channel, 'read'), channel);
  }

  #event(event: Record<string, unknown>, scope: string | null, channel: Channel | null): Delivery | null {
    const { workspace, app, subscribed } = this.#at;
    if (scope !== null && !app.scopes.includes(scope)) return null;
    if (subscribed !== null && !subscribed.includes(String(event['type']))) return null;
    return this.#tell('events_api', {
      type: 'event_callback',
      team_id: TEAM_ID,
      api_app_id: app.id,
      event: { ...event, event_ts: workspace.messages.nextTs(this.#now()) },
      event_id: workspace.nextId('Ev'),
      event_time: Math.floor(this.#now() / 1000),
      authorizations: [{ team_id: TEAM_ID, user_id: app.userId, is_bot: true }],
      is_ext_shared_channel: channel?.isShared ?? false,
    });
  }

  #who({ user: id }: Place) {
    const user = this.#at.workspace.user(id);
    if (user === undefined) throw new Error(`there is no ${id}`);
    const team = user.strangerOf ?? TEAM_ID;
    return { user: { id, username: user.name, name: user.name, team_id: team }, team: { id: TEAM_ID, domain: 'acme' } };
  }

  #handles({ channel, user }: Place, message: Message | null) {
    const { workspace, app, origin } = this.#at;
    const path = workspace.giveResponsePath({ app, channel, user, message }, this.#now());
    return { trigger_id: workspace.giveTrigger(user, this.#now()), response_url: origin + path };
  }

  #tell(kind: 'events_api' | 'interactive' | 'slash_commands', payload: Record<string, unknown>): Delivery {
    return this.#at.deliveries.tell({ kind, payload });
  }

  #channel(id: string): Channel {
    const channel = this.#at.workspace.channels.find((each) => each.id === id);
    if (channel === undefined) throw new Error(`there is no channel ${id}`);
    return channel;
  }

  #now(): number {
    return this.#at.now();
  }
}

function typeOf({ isPrivate, with: user }: Channel): string {
  if (user !== null) return 'im';
  return isPrivate ? 'group' : 'channel';
}

/** A button or a menu with that id, and the block it stands in. */
function actionIn(blocks: NonNullable<Message['blocks']>, actionId: string, option?: string) {
  for (const [index, block] of blocks.entries()) {
    const elements = block.type === 'actions' ? block.elements : block.type === 'section' ? [block.accessory] : [];
    const element = elements.find((each) => each !== undefined && 'action_id' in each && each.action_id === actionId);
    if (element === undefined) continue;
    if (element.type !== 'overflow') return { element, blockId: block.block_id ?? `block${index}` };
    const { options } = element;
    const selected_option = option === undefined ? options[0] : options.find(({ text }) => text.text === option);
    if (selected_option === undefined) throw new Error(`${actionId} has no option ${option}`);
    const chosen = { selected_option };
    return { element: { ...element, ...chosen }, blockId: block.block_id ?? `block${index}` };
  }
  return undefined;
}
