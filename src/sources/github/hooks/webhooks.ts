import type { Secret } from '../../../shared/secret.ts';

/** One webhook of a repository or an organisation, as GitHub shows it. Its secret is never shown. */
export interface Webhook {
  readonly id: number;
  /** Where it calls. */
  readonly url: string;
  readonly isActive: boolean;
  /** GitHub's names; `*` is every event. */
  readonly events: readonly string[];
  /** `json` or `form`. */
  readonly contentType: string;
  readonly hasSecret: boolean;
  readonly verifiesTls: boolean;
}

/** What a webhook is set to. Always JSON, active, with TLS verified. */
export interface WebhookSettings {
  readonly url: string;
  readonly secret: Secret;
  readonly events: readonly string[];
}

/** One try to deliver, as GitHub recorded it. */
export interface DeliveryTry {
  readonly id: number;
  readonly guid: string;
  /** GitHub's event name. */
  readonly type: string;
  /** ms since 1970 */
  readonly deliveredAt: number;
  /** Null or 0: nobody answered. */
  readonly statusCode: number | null;
  /** GitHub's words: `OK`, `failed to connect`, `timed out`. */
  readonly status: string;
}

/** The webhooks of one repository or organisation. Every method may throw WebhookError. */
export interface Webhooks {
  list(): Promise<readonly Webhook[]>;
  create(settings: WebhookSettings): Promise<Webhook>;
  /** Sets all of it anew, the secret too. */
  update(id: number, settings: WebhookSettings): Promise<Webhook>;
  /** Asks GitHub to send a `ping`, soon. */
  ping(id: number): Promise<void>;
  /** The newest tries, at most 100, newest first. */
  tries(id: number): Promise<readonly DeliveryTry[]>;
  /** What the receiver answered to one try: the body, empty where there was none. */
  answer(id: number, tryId: number): Promise<string>;
}

export interface OpenWebhooks {
  readonly webhooks: Webhooks;
  /** Where the token comes from: `GITHUB_TOKEN`, `gh auth token`. */
  readonly tokenFrom: string;
}

/** Why GitHub's webhooks could not be read or changed: a sentence for a person. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly reason: 'not_allowed' | 'refused' | 'unreachable';

  constructor(reason: WebhookError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
