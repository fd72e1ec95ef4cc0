import type { ActionFate, EventCatalog, EventEntry } from '../../model/event-catalog.ts';

const DETAILS = 'details change many times';
const ARRANGED = 'it is arranged many times, and says little';
const EDITED = 'it has been told already';

/** What is created, changed and removed. */
function thing(
  create: ActionFate,
  update: ActionFate,
  remove: ActionFate,
  facets: EventEntry['facets'] = [],
): EventEntry {
  return { actions: { create, update, remove }, facets };
}

const MINOR: ActionFate = { minor: ARRANGED };

/**
 * What Linear sends, https://linear.app/developers/webhooks, spelt as it spells it. What becomes of an issue is one event,
 * `Issue.update`: told where state, assignee, priority, team or project changed.
 */
export const EVENTS: EventCatalog = {
  AgentSessionEvent: { actions: { created: 'told', prompted: 'told' }, facets: [] },
  AppUserNotification: { actions: { '*': { minor: 'the events themselves are posted' } }, facets: [] },
  Attachment: thing(
    { minor: 'integrations attach many' },
    { minor: 'integrations keep them up to date' },
    { minor: 'integrations remove them' },
  ),
  AuditEntry: { actions: { create: { minor: 'logins and settings are noted many times a day' } }, facets: [] },
  Comment: thing('told', { minor: EDITED }, { minor: EDITED }, ['labels']),
  Customer: thing('told', { minor: DETAILS }, 'told'),
  CustomerNeed: thing('told', { minor: DETAILS }, { minor: EDITED }),
  Cycle: thing(MINOR, MINOR, MINOR),
  Document: thing('told', { minor: 'people write for hours' }, 'told'),
  Initiative: thing('told', { minorWhen: 'neither status, owner nor target date changed' }, 'told'),
  InitiativeUpdate: thing('told', { minorWhen: 'the health is as it was' }, { minor: EDITED }, ['conclusion']),
  Issue: thing('told', { minorWhen: 'neither state, assignee, priority, team nor project changed' }, 'told', [
    'assignees',
    'author',
    'conclusion',
    'labels',
    'severity',
  ]),
  IssueLabel: thing(MINOR, MINOR, MINOR),
  IssueSLA: {
    actions: { set: { minor: 'it is news when time runs out' }, highRisk: 'told', breached: 'told' },
    facets: ['assignees', 'author', 'conclusion', 'labels', 'severity'],
  },
  OAuthApp: { actions: { revoked: 'told' }, facets: [] },
  PermissionChange: { actions: { teamAccessChanged: 'told' }, facets: [] },
  Project: thing('told', { minorWhen: 'neither status, lead nor target date changed' }, 'told'),
  ProjectLabel: thing(MINOR, MINOR, MINOR),
  ProjectUpdate: thing('told', { minorWhen: 'the health is as it was' }, { minor: EDITED }, ['conclusion']),
  Reaction: {
    actions: {
      create: { minor: 'a smile is no news' },
      update: { minor: 'a smile is no news' },
      remove: { minor: 'a smile is no news' },
    },
    facets: [],
  },
  User: thing('told', { minor: DETAILS }, 'told'),
};
