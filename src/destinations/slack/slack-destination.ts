import { saidIn } from '../../model/carried.ts';
import type { Destination, Message, Outcome } from '../../model/destination.ts';
import type { ShownMessage } from '../../model/plugin/preview.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { withMenu } from './answers/menu.ts';
import { asBot, type BotOptions, rootIn } from './bot/as-bot.ts';
import { memberIdOf, memberIn, NOBODY, personIn, uncalled } from './bot/person.ts';
import { messageId } from './bot/post-id.ts';
import { type ReadBack, readBack } from './bot/read-back.ts';
import { slackCards } from './cards/show-card.ts';
import { renderDigest } from './digest.ts';
import { slackLane } from './lane.ts';
import { pictureIn } from './picture.ts';
import { type Looks, maybeRepeated, renderActivity, type SlackMessage } from './render.ts';
import { throughWebhook, type Way, type WebhookOptions } from './way.ts';

interface CommonOptions {
  readonly name: string;
  /** Messages a second, by Slack's rule 1 per channel. 0: no pace. */
  readonly perSecond: number;
  /** How long to wait for an answer; default 10 s. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

const TIMEOUT_MS = 10_000;

export type SlackOptions = CommonOptions & (WebhookOptions | BotOptions);

/** One Slack channel, behind an incoming webhook or reached with a bot token. */
export function slackDestination(options: SlackOptions): Destination {
  const { name, perSecond } = options;
  const lane = slackLane(name, perSecond);
  if ('webhookUrl' in options)
    return { ...lane, isThreaded: false, preview, send: sender(options, throughWebhook(options), null) };
  const { token, channel, apiUrl, timeoutMs = TIMEOUT_MS, clock = systemClock } = options;
  const back = readBack({ token, apiUrl, clock });
  let findPerson: ReturnType<typeof import('./bot/find-person.ts')['personFinder']> | undefined;
  const cards = () => ({
    hasCards: options.hasCards ?? false,
    cards: slackCards({
      name,
      token,
      channel: channel ?? '',
      apiUrl,
      isPaced: perSecond > 0,
      timeoutMs,
      clock,
      readBack: back,
      hasMenu: options.hasMenu === true,
    }),
  });
  return {
    ...lane,
    isThreaded: options.isThreaded === true,
    ...(channel === null ? { digestOver: null, isDirect: true } : cards()),
    preview: (message) => preview(channel === null ? uncalled(message) : message),
    send: sender(options, asBot(options), back),
    async findPerson(email, signal) {
      findPerson ??= (await import('./bot/find-person.ts')).personFinder({ token, apiUrl, clock });
      return findPerson(email, signal);
    },
    async settle(message, { signal, earlier, thread = null, since }) {
      const place = channel ?? memberIn(message);
      if (place === null) return { kind: 'absent' };
      const id = messageId({ name, place }, message);
      const settlement = await back.find({ id, place, root: thread === null ? null : rootIn(earlier), since, signal });
      return settlement.kind === 'sent' ? standing(settlement, thread) : settlement;
    },
  };
}

/** As a channel shows it; nothing of one is asked. */
export async function preview(message: Message): Promise<ShownMessage> {
  const { shownAtSlack } = await import('./preview.ts');
  return shownAtSlack(message, render(message, {}));
}

/** `back`: hears where a channel is. Null: nothing is read back. */
function sender(options: SlackOptions, way: Way, back: ReadBack | null): Destination['send'] {
  const { name, timeoutMs = TIMEOUT_MS, clock = systemClock } = options;
  const channel = 'token' in options ? options.channel : '';
  // Slack refuses a message whole for a picture that it cannot fetch (https://github.com/slackapi/python-slack-sdk/issues/1782). Told to
  // slow down in between, it comes again and is not to be refused once more.
  let unseen: string | null = null;
  return async (message, { signal, departure, earlier, thread = null, isBelowCard = false }) => {
    const person = channel === null ? personIn(message) : null;
    const to = person && memberIdOf(person);
    const place = channel ?? to;
    if (place === null) return { kind: 'rejected', reason: NOBODY };
    const id = messageId({ name, place }, message);
    const isBroadcast = saidIn(message).some((each) => each.isBroadcast === true);
    const root = thread === null ? null : rootIn(earlier);
    const shown = channel === null ? uncalled(message) : message;
    const show = (showsPicture: boolean, below: string | null) => {
      const namesPlace = !isBelowCard || isBroadcast || below === null;
      return withOwnMenu(options, shown, render(shown, { showsPicture, namesPlace }));
    };
    const post = async (showsPicture: boolean, rendered: SlackMessage) => {
      const ask = (shownThere: SlackMessage, below: string | null) => {
        const posting = { message: shownThere, root: below, isBroadcast, to, id };
        return request({ ...way.post(posting), timeoutMs, signal, departure });
      };
      const result = await ask(rendered, root);
      const isLost = root !== null && way.lacksRoot(result);
      const answered = { now: clock.now(), person, isAgain: isAgain(message) };
      const outcome = way.outcomeOf(isLost ? await ask(show(showsPicture, null), null) : result, answered);
      if (outcome.kind !== 'sent') return outcome;
      back?.posted(place, outcome.receipt);
      return standing(outcome, thread);
    };
    const rendered = show(true, root);
    const picture = pictureIn(rendered.blocks);
    if (picture === null) return post(true, rendered);
    const outcome = picture === unseen ? null : await post(true, rendered);
    if (outcome !== null && outcome.kind !== 'rejected') return outcome;
    unseen = picture;
    return post(false, show(false, root));
  };
}

function withOwnMenu(options: SlackOptions, message: Message, rendered: SlackMessage): SlackMessage {
  if (!('token' in options) || options.hasMenu !== true || message.kind !== 'single') return rendered;
  return withMenu(rendered, { notification: message.notification.id }, options.channel === null);
}

/** What stands by itself leaves no receipt. */
function standing(
  sent: Extract<Outcome, { kind: 'sent' }>,
  thread: string | null,
): Outcome & { readonly kind: 'sent' } {
  return thread === null ? { ...sent, receipt: undefined } : sent;
}

function isAgain(message: Message): boolean {
  return saidIn(message).some(({ tries }) => tries > 0);
}

function render(message: Message, looks: Looks): SlackMessage {
  const rendered =
    message.kind === 'single' ? renderActivity(message.notification, looks) : renderDigest(message.notifications);
  return message.maybeRepeated ? maybeRepeated(rendered) : rendered;
}
