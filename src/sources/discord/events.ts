import type { ActionFate, EventCatalog, EventEntry } from '../../model/event-catalog.ts';

const PLAIN: EventEntry = { actions: { '': 'told' }, facets: ['author'] };
const EDITED: ActionFate = { minor: 'wording is put right many times' };
const GONE: ActionFate = { minor: 'its words are gone' };

/**
 * What Discord sends to an app, by its own names: webhook events, https://docs.discord.com/developers/events/webhook-events, and
 * interactions, https://docs.discord.com/developers/interactions/receiving-and-responding.
 */
export const EVENTS: EventCatalog = {
  APPLICATION_AUTHORIZED: PLAIN,
  APPLICATION_COMMAND: PLAIN,
  APPLICATION_COMMAND_AUTOCOMPLETE: {
    actions: { '': { never: 'Discord asks for choices while somebody types' } },
    facets: [],
  },
  APPLICATION_DEAUTHORIZED: PLAIN,
  ENTITLEMENT_CREATE: PLAIN,
  ENTITLEMENT_DELETE: PLAIN,
  ENTITLEMENT_UPDATE: PLAIN,
  GAME_DIRECT_MESSAGE_CREATE: PLAIN,
  GAME_DIRECT_MESSAGE_DELETE: { actions: { '': GONE }, facets: ['author'] },
  GAME_DIRECT_MESSAGE_UPDATE: { actions: { '': EDITED }, facets: ['author'] },
  LOBBY_MESSAGE_CREATE: PLAIN,
  LOBBY_MESSAGE_DELETE: { actions: { '': GONE }, facets: ['author'] },
  LOBBY_MESSAGE_UPDATE: { actions: { '': EDITED }, facets: ['author'] },
  MESSAGE_COMPONENT: PLAIN,
  MODAL_SUBMIT: PLAIN,
  QUEST_USER_ENROLLMENT: PLAIN,
};
