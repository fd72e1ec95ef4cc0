import type { ActionFate, EventCatalog } from '../../model/event-catalog.ts';

const STEP: ActionFate = { minor: 'a step on the way: what became of it follows' };
const USUAL: ActionFate = { minor: 'it went as it should, as most do' };

/**
 * What Twilio calls back for. It names no events: the type is the thing, the action how it stands, by Twilio's own words for it.
 * https://www.twilio.com/docs/messaging/guides/track-outbound-message-status, https://www.twilio.com/docs/voice/twiml
 */
export const EVENTS: EventCatalog = {
  message: {
    facets: ['author', 'conclusion'],
    alsoCalled: ['sms', 'whatsapp'],
    actions: {
      received: 'told',
      failed: 'told',
      undelivered: 'told',
      partially_delivered: 'told',
      canceled: 'told',
      accepted: STEP,
      delivered: USUAL,
      queued: STEP,
      read: USUAL,
      scheduled: STEP,
      sending: STEP,
      sent: STEP,
    },
  },
  call: {
    facets: ['author', 'conclusion'],
    actions: {
      ringing: { minorWhen: 'it is one of our own calls' },
      completed: 'told',
      busy: 'told',
      failed: 'told',
      'no-answer': 'told',
      canceled: 'told',
      answered: STEP,
      'in-progress': STEP,
      initiated: STEP,
      queued: STEP,
    },
  },
  debugger: { facets: ['severity'], actions: { error: 'told', warning: 'told', notice: 'told', info: STEP } },
  recording: {
    facets: [],
    actions: { completed: 'told', failed: 'told', absent: 'told', 'in-progress': STEP },
  },
  transcription: { facets: [], actions: { '*': 'told' } },
  conference: { facets: [], actions: { '*': 'told' } },
  conversation: { facets: [], actions: { onDeliveryUpdated: { minorWhen: 'it did not fail' }, '*': 'told' } },
  fax: { facets: [], actions: { '*': 'told' } },
  room: { facets: [], actions: { '*': 'told' } },
  request: { facets: [], actions: { '': 'told' } },
};
