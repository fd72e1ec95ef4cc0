import type { Family } from '../../../telling/told.ts';
import { comment, reaction } from './comment.ts';
import type { LinearEvent } from './event.ts';
import { issue, issueSla } from './issue.ts';
import { agentSession, app, attachment, customerNeed, notification } from './others.ts';
import { project, update } from './project.ts';

/** Event type → who tells it. What is not here is a thing that is created, changed and removed. */
export const FAMILIES: ReadonlyMap<string, Family<LinearEvent>> = new Map<string, Family<LinearEvent>>([
  ['AgentSessionEvent', agentSession],
  ['AppUserNotification', notification],
  ['Attachment', attachment],
  ['Comment', comment],
  ['CustomerNeed', customerNeed],
  ['Initiative', project],
  ['InitiativeUpdate', update],
  ['Issue', issue],
  ['IssueSLA', issueSla],
  ['OAuthApp', app],
  ['PermissionChange', app],
  ['Project', project],
  ['ProjectUpdate', update],
  ['Reaction', reaction],
]);
