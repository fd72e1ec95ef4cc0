import type { Destination } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { slackDestination as createSlack } from './slack-destination.ts';

export interface SlackOptions {
  readonly name: string;
  /** An incoming webhook of Slack, or of a host that takes the same. */
  readonly webhookUrl: string | Secret;
  /** Messages a second. Default 1, Slack's own limit for a channel; 0: no pace. */
  readonly perSecond?: number;
}

/** One Slack channel behind an incoming webhook. */
export function slackDestination({ name, webhookUrl, perSecond = 1 }: SlackOptions): Destination {
  return createSlack({ name, webhookUrl: Secret.of(webhookUrl), perSecond });
}
