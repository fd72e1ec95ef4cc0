import type { Destination, Message, Outcome, Receipt } from '../../model/destination.ts';
import type { Mention } from '../../model/notification.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { type OutboundRequest, type OutboundResult, request } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { outcomeOf } from './answer.ts';
import { withMenu } from './answers/menu.ts';
import { lacksRoot, outcomeOfPost } from './bot-answer.ts';
import { slackCards } from './cards/show-card.ts';
import { renderDigest } from './digest.ts';
import { slackLane } from './lane.ts';
import { pictureIn } from './picture.ts';
import { maybeRepeated, renderActivity, type SlackMessage } from './render.ts';
import { isMemberId } from './shapes.ts';
import { bearer, JSON_BODY } from './web-api.ts';

interface CommonOptions {
  readonly name: string;
  /** Messages a second, by Slack's rule 1 per channel. 0: no pace. */
  readonly perSecond: number;
  /** How long to wait for an answer; default 10 s. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

export interface WebhookOptions {
  /** An incoming webhook of Slack or of a compatible host: whoever knows it can post, so it is a secret. */
  readonly webhookUrl: Secret;
}

export interface BotOptions {
  readonly token: Secret;
  /** `#releases` or a channel's id. Null: each message goes to the person whom alone it mentions. */
  readonly channel: string | null;
  /** Base of Slack's Web API, without a trailing slash. */
  readonly apiUrl: string;
  /** Whether what is about one issue or incident goes into one thread. Default: no. */
  readonly isThreaded?: boolean;
  /** Whether what is told has a card, where no rule says otherwise. Default: no. */
  readonly hasCards?: boolean;
  /** Whether a message has a menu, of what people may ask about it. Default: no. */
  readonly hasMenu?: boolean;
}

export type SlackOptions = CommonOptions & (WebhookOptions | BotOptions);

/** How a message gets to its channel, and what the answer means. */
interface Way {
  /** `root`: the message below which it goes. Null: it goes into the channel. */
  post(
    message: SlackMessage,
    root: string | null,
    to: string | null,
  ): Pick<OutboundRequest, 'url' | 'headers' | 'body'>;
  outcomeOf(result: OutboundResult, now: number, person: Mention | null): Outcome;
  /** Whether it is refused for the message below which it was to go. */
  lacksRoot(result: OutboundResult): boolean;
}

/** One Slack channel, behind an incoming webhook or reached with a bot token. */
export function slackDestination(options: SlackOptions): Destination {
  const { name, perSecond, timeoutMs = 10_000, clock = systemClock } = options;
  const way = 'webhookUrl' in options ? throughWebhook(options) : asBot(options);
  // Slack refuses a message whole for a picture that it cannot fetch (https://github.com/slackapi/python-slack-sdk/issues/1782). Told to
  // slow down in between, it comes again and is not to be refused once more.
  let unseen: string | null = null;
  const channel = 'token' in options ? options.channel : null;
  const isDirect = 'token' in options && channel === null;
  return {
    ...slackLane(name, perSecond),
    ...(isDirect && { digestOver: null }),
    isThreaded: 'token' in options && options.isThreaded === true,
    ...('token' in options &&
      channel !== null && {
        hasCards: options.hasCards ?? false,
        cards: slackCards({ ...options, channel, isPaced: perSecond > 0, timeoutMs, clock }),
      }),
    send: async (message, { signal, departure, earlier, thread = null }) => {
      const person = isDirect ? personIn(message) : null;
      const to = person && memberIdOf(person);
      if (isDirect && to === null) return { kind: 'rejected', reason: NOBODY };
      const post = async (rendered: SlackMessage) => {
        const ask = (root: string | null) => request({ ...way.post(rendered, root, to), timeoutMs, signal, departure });
        const root = thread === null ? null : rootIn(earlier);
        const result = await ask(root);
        const isLost = root !== null && way.lacksRoot(result);
        const outcome = way.outcomeOf(isLost ? await ask(null) : result, clock.now(), person);
        return thread === null && outcome.kind === 'sent' ? { ...outcome, receipt: undefined } : outcome;
      };
      const shown = isDirect ? uncalled(message) : message;
      const hasMenu = 'token' in options && options.hasMenu === true;
      const render = (showsPicture: boolean) => {
        const rendered = renderMessage(shown, showsPicture);
        return hasMenu && shown.kind === 'single' ? withMenu(rendered, shown.notification.id, isDirect) : rendered;
      };
      const rendered = render(true);
      const picture = pictureIn(rendered.blocks);
      if (picture === null) return post(rendered);
      const outcome = picture === unseen ? null : await post(rendered);
      if (outcome !== null && outcome.kind !== 'rejected') return outcome;
      unseen = picture;
      return post(render(false));
    },
  };
}

function throughWebhook({ webhookUrl }: WebhookOptions): Way {
  return {
    post: (message) => ({ url: webhookUrl.reveal(), headers: JSON_BODY, body: JSON.stringify(message) }),
    outcomeOf,
    lacksRoot: () => false,
  };
}

/** As bot-answer.ts keeps it. */
function rootIn(receipt: Receipt | null): string | null {
  const ts = receipt?.['ts'];
  return typeof ts === 'string' && /^\d{1,16}\.\d{1,9}$/.test(ts) ? ts : null;
}

/** https://docs.slack.dev/reference/methods/chat.postMessage */
function asBot({ token, channel, apiUrl }: BotOptions): Way {
  return {
    post: (message, root, to) => ({
      url: `${apiUrl}/chat.postMessage`,
      headers: { ...bearer(token), ...JSON_BODY },
      body: JSON.stringify({ channel: to ?? channel, ...message, ...(root !== null && { thread_ts: root }) }),
    }),
    outcomeOf: (result, now, person) =>
      outcomeOfPost(result, { channel: channel ?? '', person: person?.name ?? null, now }),
    lacksRoot,
  };
}

const NOBODY = 'it names nobody who is known at Slack: people in tidings.yaml says who is who';

/** Whoever is told directly is the one whom it mentions. */
function personIn(message: Message): Mention | null {
  return message.kind === 'single' ? (message.notification.mentions[0] ?? null) : null;
}

function memberIdOf({ ids }: Mention): string | null {
  const id = ids['slack'] ?? '';
  return isMemberId(id) ? id : null;
}

/** Nobody need be called in a message of their own. */
function uncalled(message: Message): Message {
  return message.kind === 'single' ? { ...message, notification: { ...message.notification, mentions: [] } } : message;
}

function renderMessage(message: Message, showsPicture: boolean): SlackMessage {
  const rendered =
    message.kind === 'single'
      ? renderActivity(message.notification, showsPicture)
      : renderDigest(message.notifications);
  return message.maybeRepeated ? maybeRepeated(rendered) : rendered;
}
