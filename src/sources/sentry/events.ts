import type { EventCatalog, EventEntry } from '../../model/event-catalog.ts';
import type { FacetName } from '../../model/facets.ts';
import { type Actions, minor, told } from '../../telling/fates.ts';

function entry(actions: Actions, facets: readonly FacetName[] = []): EventEntry {
  return { actions, facets };
}

const UNDER_WAY = 'it is news when it ends';

/** What Sentry sends, https://docs.sentry.io/organization/integrations/integration-platform/webhooks/: the resource, and its action. */
export const EVENTS: EventCatalog = {
  activity_alert: entry(told('triggered'), []),
  comment: entry({ ...told('created'), ...minor('updated deleted', 'words are put right many times') }),
  error: entry(minor('created', 'each single error is one; the issue is news'), ['severity', 'environment']),
  event_alert: entry(told('triggered'), ['severity', 'environment']),
  installation: entry(told('created deleted')),
  issue: {
    ...entry(told('created resolved unresolved assigned archived ignored'), ['severity', 'assignees', 'transition']),
    mistaken: { regressed: 'is called `unresolved`', escalating: 'is called `unresolved`' },
  },
  metric_alert: entry(told('critical warning resolved'), ['severity', 'environment', 'transition']),
  seer: entry({
    ...told('root_cause_completed solution_completed coding_completed pr_created pr_iteration_completed'),
    ...told('triage_completed impact_assessment_completed'),
    ...minor('root_cause_started solution_started coding_started pr_iteration_started', UNDER_WAY),
    ...minor('triage_started impact_assessment_started', UNDER_WAY),
  }),
};
