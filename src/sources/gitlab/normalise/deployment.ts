import { linkOrNull, textOrNull } from '../../../shared/payload.ts';
import { deploymentTold } from '../../../telling/hosting/deployment.ts';
import { idAt, momentAt } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { type GitlabEvent, pageIn } from './event.ts';

const STATES: Readonly<Record<string, string>> = {
  running: 'in_progress',
  failed: 'failure',
  canceled: 'cancelled',
  blocked: 'waiting',
};

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#deployment-events */
export function deployment(event: GitlabEvent): Told {
  const { payload, project, actor } = event;
  const status = textOrNull(payload, 'status') ?? 'updated';
  const [site, log] = ['environment_external_url', 'deployable_url'].map((field) => linkOrNull(payload, field));
  const page = (status === 'success' ? (site ?? log) : (log ?? site)) ?? pageIn(project, '-/environments');
  const ref = textOrNull(payload, 'ref');
  return deploymentTold({
    environment: textOrNull(payload, 'environment') ?? 'production',
    state: (Object.hasOwn(STATES, status) ? STATES[status] : undefined) ?? status,
    ref,
    branch: ref,
    sha:
      textOrNull(payload, 'commit_url')?.match(/\/commit\/([0-9a-f]{7,64})$/)?.[1] ?? textOrNull(payload, 'short_sha'),
    url: page ?? null,
    startedAt: null,
    endedAt: momentAt(payload, 'status_changed_at'),
    isByPerson: actor !== null,
    by: actor?.login ?? null,
    repo: project.path,
    id: idAt(payload, 'deployment_id'),
    facts: [textOrNull(payload, 'commit_title')],
  });
}
