import { MONA, SCOPES, USERS } from '../../tests/doubles/slack/asking.ts';
import type { Message } from '../../tests/doubles/slack/messages.ts';
import { type SlackApiDouble, startSlackApi } from '../../tests/doubles/slack-api.ts';
import { configure, dataDir, drained, openInbox } from '../../tests/support/data-dir.ts';
import { deliver, delivery } from '../../tests/support/github.ts';
import { serverInProcess } from '../../tests/support/in-process.ts';
import type { Shown } from './slack-page.ts';
import type { Told } from './story.ts';

const CHANNEL = 'C0000001';

type Answered = Pick<Message, 'blocks'>;

/** A message that stands in the channel, with what stands below it. */
export interface Standing {
  readonly first: Message;
  readonly replies: readonly Message[];
}

/** What a channel holds after Tidings was told all of this. `reminders`: said now, when all else is there. */
export async function recorded(
  told: readonly Told[],
  config: object,
  reminders: object = {},
): Promise<readonly Standing[]> {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0 });
  const env = { SLACK_API_URL: slack.url };
  const team = { type: 'slack', token: slack.token, channel: CHANNEL, per_second: 0, card: true };
  await configure(dir.path, { destinations: { team }, ...config });
  {
    await using server = await serverInProcess('start', dir.path, env);
    for (const { type, payload } of told) {
      await deliver(server.url, delivery(type, payload));
      await settled(dir.path);
    }
  }
  if (Object.keys(reminders).length > 0) {
    const before = slack.messages.length;
    await configure(dir.path, { destinations: { team }, ...config, reminders });
    await using _server = await serverInProcess('start', dir.path, env);
    await slack.until(() => slack.messages.length >= before + 2);
  }
  if (slack.violations.length > 0) throw new Error(slack.violations.join('\n'));
  return standingIn(slack);
}

/** What somebody is answered who chooses "Why did I get this?" on the newest message. */
export async function asked(told: readonly Told[], config: object): Promise<readonly [Message, Answered]> {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0, scopes: SCOPES, users: USERS });
  const bot = { type: 'slack', token: slack.token, per_second: 0 };
  await configure(dir.path, {
    sources: { github: null, slack: { provider: 'slack', app_token: slack.appToken } },
    destinations: { team: { ...bot, channel: CHANNEL, menu: true }, answers: { ...bot, answers: 'slack' } },
    ...config,
  });
  await using server = await serverInProcess('start', dir.path, { SLACK_API_URL: slack.url });
  for (const { type, payload } of told) {
    await deliver(server.url, delivery(type, payload));
    await settled(dir.path);
  }
  const message = slack.workspace.messages.inChannel(CHANNEL).at(-1);
  if (message === undefined) throw new Error('nothing was told');
  await slack.until(() => slack.sockets.connections.some(({ isOpen }) => isOpen));
  // Whoever asks has read it before.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const { channel, ts } = message;
  slack.people.press({ channel, ts, user: MONA.id, actionId: 'tidings_menu', option: 'Why did I get this?' });
  await slack.until(() => slack.workspace.ephemerals.length > 0);
  const [answer] = slack.workspace.ephemerals;
  if (answer === undefined || slack.violations.length > 0) throw new Error(slack.violations.join('\n'));
  return [message, answer];
}

/** Nothing waits, and each card shows what is known. */
async function settled(path: string): Promise<void> {
  await using inbox = await openInbox(path);
  await drained(inbox);
  while ((await inbox.cardsBehind('team', 1)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

function standingIn({ workspace }: SlackApiDouble): readonly Standing[] {
  const { messages } = workspace;
  return messages.inChannel(CHANNEL).map((first) => ({ first, replies: messages.replies(first) }));
}

export function shown({ blocks }: Answered, time: string, more: Partial<Shown> = {}): Shown {
  return { time, blocks: (blocks ?? []) as Shown['blocks'], ...more };
}
