import { createHash } from 'node:crypto';
import type { CardContent, CardRack, CardView, Receipt, Shown } from '../../../model/destination.ts';
import type { Clock } from '../../../shared/clock.ts';
import { type OutboundResult, request } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { withMenu } from '../answers/menu.ts';
import { rootIn } from '../bot/as-bot.ts';
import { cardId, identified } from '../bot/post-id.ts';
import type { ReadBack } from '../bot/read-back.ts';
import { outcomeOfPost } from '../bot-answer.ts';
import { bearer, JSON_BODY, readAnswer } from '../web-api.ts';
import { renderCard, type SlackCard } from './render-card.ts';

export interface CardPlace {
  /** The destination's name. */
  readonly name: string;
  readonly token: Secret;
  readonly channel: string;
  /** Base of Slack's Web API, without a trailing slash. */
  readonly apiUrl: string;
  /** Whether Slack's limits are kept. */
  readonly isPaced: boolean;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly readBack: ReadBack;
  /** Whether a card has a menu. */
  readonly hasMenu?: boolean;
}

/** chat.update: 50 a minute, by the whole app in a workspace (https://docs.slack.dev/apis/web-api/rate-limits). */
const EDIT_INTERVAL_MS = 1_250;

/** The message is no more, or is nobody's to edit; the last: of that key was one, and it was deleted. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'duplicate_message_not_found']);

/** Cards in one channel: a message of the bot each, edited in place. */
export function slackCards(place: CardPlace): CardRack {
  const { token, apiUrl, isPaced } = place;
  return {
    ...(isPaced && {
      edits: { rateKey: `slack chat.update ${apiUrl} ${token.reveal()}`, intervalMs: EDIT_INTERVAL_MS },
    }),
    hash: (content) =>
      createHash('sha256')
        .update(JSON.stringify(cardOf(place, content)))
        .digest('base64url'),
    show: async (view, context) => {
      const card = cardOf(place, view);
      const { receipt } = view;
      if (receipt !== null) return edit(place, receipt, card, context);
      const result = await ask(place, 'chat.postMessage', posted(place, view, card), context);
      const shown = shownBy(place, result);
      const answer = readAnswer(result, 0);
      // It was posted before, and may show what was known then.
      const isOld = shown.kind === 'sent' && answer.kind === 'ok' && answer.data['is_duplicate'] === true;
      return isOld && shown.receipt ? edit(place, shown.receipt, card, context) : shown;
    },
    settle: (view, { signal }) =>
      place.readBack.find({ id: idOf(place, view), place: place.channel, root: null, since: 0, signal }),
  };
}

function cardOf({ hasMenu = false }: CardPlace, content: CardContent): SlackCard {
  const card = renderCard(content);
  return hasMenu ? withMenu(card, { thread: content.thread }) : card;
}

/** https://docs.slack.dev/reference/methods/chat.postMessage */
function posted(place: CardPlace, view: CardView, card: SlackCard): object {
  const { channel } = place;
  return { channel, ...card, unfurl_links: false, unfurl_media: false, ...identified('card', idOf(place, view)) };
}

function idOf({ name, channel }: CardPlace, view: CardView): string {
  return cardId({ name, place: channel }, view);
}

type Context = Parameters<CardRack['show']>[1];

/** https://docs.slack.dev/reference/methods/chat.update: text without blocks would take the blocks away. */
async function edit(place: CardPlace, receipt: Receipt, card: SlackCard, context: Context): Promise<Shown> {
  const { channel } = receipt;
  const ts = rootIn(receipt);
  if (typeof channel !== 'string' || ts === null) {
    return { kind: 'gone', reason: 'it is not known where the card stands' };
  }
  const shown = shownBy(place, await ask(place, 'chat.update', { channel, ts, ...card }, context));
  return shown.kind === 'sent' ? { ...shown, receipt } : shown;
}

function ask({ token, apiUrl, timeoutMs }: CardPlace, method: string, body: object, context: Context) {
  const headers = { ...bearer(token), ...JSON_BODY };
  return request({ url: `${apiUrl}/${method}`, headers, body: JSON.stringify(body), timeoutMs, ...context });
}

function shownBy({ channel, clock }: CardPlace, result: OutboundResult): Shown {
  const outcome = outcomeOfPost(result, { channel, now: clock.now() });
  if (outcome.kind !== 'rejected') return outcome;
  const answer = readAnswer(result, 0);
  const isGone = answer.kind === 'refused' && GONE.has(answer.refusal.code);
  return isGone ? { kind: 'gone', reason: outcome.reason } : outcome;
}
