import type { Destination, Message } from '../../model/destination.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { asBot, type BotOptions, rootIn } from './bot/as-bot.ts';
import { memberIdOf, NOBODY, personIn, uncalled } from './bot/person.ts';
import { slackCards } from './cards/show-card.ts';
import { renderDigest } from './digest.ts';
import { slackLane } from './lane.ts';
import { pictureIn } from './picture.ts';
import { maybeRepeated, renderActivity, type SlackMessage } from './render.ts';
import { throughWebhook, type WebhookOptions } from './way.ts';

interface CommonOptions {
  readonly name: string;
  /** Messages a second, by Slack's rule 1 per channel. 0: no pace. */
  readonly perSecond: number;
  /** How long to wait for an answer; default 10 s. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

export type SlackOptions = CommonOptions & (WebhookOptions | BotOptions);

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
        const ask = (root: string | null) =>
          request({ ...way.post({ message: rendered, root, to }), timeoutMs, signal, departure });
        const root = thread === null ? null : rootIn(earlier);
        const result = await ask(root);
        const isLost = root !== null && way.lacksRoot(result);
        const outcome = way.outcomeOf(isLost ? await ask(null) : result, clock.now(), person);
        return thread === null && outcome.kind === 'sent' ? { ...outcome, receipt: undefined } : outcome;
      };
      const shown = isDirect ? uncalled(message) : message;
      const rendered = render(shown, true);
      const picture = pictureIn(rendered.blocks);
      if (picture === null) return post(rendered);
      const outcome = picture === unseen ? null : await post(rendered);
      if (outcome !== null && outcome.kind !== 'rejected') return outcome;
      unseen = picture;
      return post(render(shown, false));
    },
  };
}

function render(message: Message, showsPicture: boolean): SlackMessage {
  const rendered =
    message.kind === 'single'
      ? renderActivity(message.notification, showsPicture)
      : renderDigest(message.notifications);
  return message.maybeRepeated ? maybeRepeated(rendered) : rendered;
}
