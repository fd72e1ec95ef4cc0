import type { Destination } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { mustFit } from '../must-fit.ts';
import { webhookProblem } from './shapes.ts';
import { teamsDestination as createTeams } from './teams-destination.ts';

export interface TeamsOptions {
  readonly name: string;
  /** Of a workflow. Whoever knows it can post. */
  readonly webhookUrl: string | Secret;
  /** Messages a minute. Default 60; 0: no pace. */
  readonly perMinute?: number;
}

/**
 * One channel or chat of Microsoft Teams behind a workflow.
 * @throws Error when the address cannot be that of one
 */
export function teamsDestination({ name, perMinute = 60, ...options }: TeamsOptions): Destination {
  const webhookUrl = Secret.of(options.webhookUrl);
  mustFit('teamsDestination', { webhookUrl: webhookProblem(webhookUrl.reveal()) });
  return createTeams({ name, webhookUrl, perMinute, clock: systemClock });
}
