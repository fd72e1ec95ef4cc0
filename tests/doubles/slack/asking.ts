import { TestClock } from '../../jobs/test-clock.ts';
import { type SlackApiDouble, type SlackApiOptions, startSlackApi } from '../slack-api.ts';

/** What every test here finds: a workspace of three channels and four people. */
export const CHANNELS = [
  { id: 'C0000001', name: 'releases' },
  { id: 'C0000002', name: 'public', isMember: false },
  { id: 'C0000003', name: 'private', isPrivate: true },
  { id: 'C0000004', name: 'hidden', isPrivate: true, isMember: false },
  { id: 'C0000005', name: 'old', isArchived: true },
  { id: 'C0000006', name: 'partners', isShared: true },
] as const;
export const USERS = [
  { id: 'U0000002', name: 'mona', email: 'mona@acme.test', tz: 'America/New_York' },
  { id: 'U0000003', name: 'guest', guest: 'single' },
  { id: 'U0000004', name: 'stranger', strangerOf: 'T0000002' },
  { id: 'U0000005', name: 'gone', isDeleted: true, email: 'gone@acme.test' },
  { id: 'U0000006', name: 'robot', isBot: true },
] as const;
export const [MONA] = USERS;
export const HOME = CHANNELS[0].id;

/** Everything that some method or event asks for. */
export const SCOPES = (
  'chat:write chat:write.public channels:read groups:read channels:history groups:history im:history im:write ' +
  'channels:join users:read users:read.email reactions:write commands app_mentions:read'
).split(' ');

export type Answer = Readonly<Record<string, unknown>> & {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly ts: string;
  readonly channel: string;
  readonly message: Readonly<Record<string, unknown>>;
  readonly messages: readonly Readonly<Record<string, unknown>>[];
};

export interface Asked extends AsyncDisposable {
  readonly slack: SlackApiDouble;
  readonly clock: TestClock;
  /** Calls a method: with JSON where that is taken, else with a form. */
  ask(method: string, args?: object, token?: string): Promise<Answer>;
  /** Posts into the first channel. */
  post(args?: object): Promise<Answer>;
  history(args?: object): Promise<Answer>;
}

const READING = /^(?:conversations\.(?!open|join)|users\.)/;

/** With all scopes and no pace, on a clock of its own. */
export async function startAsked(options: SlackApiOptions = {}): Promise<Asked> {
  const clock = new TestClock();
  const all = { clock, channels: CHANNELS, users: USERS, scopes: SCOPES, intervalMs: 0, ...options };
  const slack = await startSlackApi(all);
  const ask: Asked['ask'] = async (method, args = {}, token = slack.token) => {
    const isForm = READING.test(method);
    const values = Object.entries(args).map(([name, value]): [string, string] => [name, String(value)]);
    const response = await fetch(`${slack.url}/${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8',
      },
      body: isForm ? new URLSearchParams(values).toString() : JSON.stringify(args),
    });
    const said = (await response.json()) as Answer;
    return { ...said, status: response.status, retryAfter: response.headers.get('retry-after') };
  };
  return {
    slack,
    clock,
    ask,
    post: (args) => ask('chat.postMessage', { channel: HOME, text: 'hello', ...args }),
    history: (args) => ask('conversations.history', { channel: HOME, ...args }),
    [Symbol.asyncDispose]: () => slack.close(),
  };
}

export function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** A row with one button. */
export function button(actionId: string, value = 'an-opaque-id'): object {
  const text = { type: 'plain_text', text: 'Why?' };
  return { type: 'actions', block_id: 'row', elements: [{ type: 'button', action_id: actionId, text, value }] };
}
