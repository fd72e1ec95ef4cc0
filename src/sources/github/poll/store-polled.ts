import type { NewEvent } from '../../../model/event.ts';
import type { Intake } from '../../../model/inbox/intake.ts';
import { filterFor, type Rule } from '../../../model/rule.ts';
import type { Clock } from '../../../shared/clock.ts';
import { type Payload, timeOrNull } from '../../../shared/payload.ts';
import { actionsOf, completed, missingOf } from '../events-api/complete.ts';
import { type WebhookShape, webhookOf } from '../events-api/webhook-of.ts';
import { idOf } from './listed-events.ts';
import { delaysOf } from './poll-delays.ts';
import type { Questions } from './poll-questions.ts';

export interface StoreDeps {
  readonly questions: Questions;
  readonly inbox: Intake;
  /** The source whose events these are. */
  readonly source: string;
  readonly rules: readonly Rule[];
  /** `https://github.com`, or the Enterprise Server's own. */
  readonly webUrl: string;
  readonly clock: Clock;
}

/** Puts listed events into the inbox as webhooks would have brought them, and counts what is new. */
export function storePolled({ questions, inbox, source, rules, webUrl, clock }: StoreDeps) {
  const delays = delaysOf();
  let found = 0;

  async function store(event: Payload): Promise<void> {
    const shape = webhookOf(event, webUrl);
    if (shape === null) return;
    const receivedAt = clock.now();
    const { type, payload } = await whole(shape);
    const id = `events:${idOf(event)}`;
    const stored: NewEvent = {
      origin: 'poll',
      source,
      deliveryId: id,
      guid: id,
      type,
      headers: { 'content-type': 'application/json', 'x-github-event': type },
      body: Buffer.from(JSON.stringify(payload)),
      receivedAt,
      secretNo: 0,
    };
    if ((await inbox.append(stored)).status === 'duplicate') return;
    found++;
    delays.add(receivedAt, timeOrNull(event, 'created_at'));
  }

  /** With what the Events API left out, when a rule may tell it. */
  async function whole(shape: WebhookShape): Promise<WebhookShape> {
    const missing = missingOf(shape);
    if (missing === null) return shape;
    if (!isAskedFor(rules, shape)) return completed(shape, missing, null);
    const answer = await questions.get(missing.path, null);
    return completed(shape, missing, answer?.kind === 'ok' ? (answer.body as Payload) : null);
  }

  return { store, figures: () => ({ found, ...delays.figures() }) };
}

/** Some rule is about this kind, whatever else it asks. */
function isAskedFor(rules: readonly Rule[], shape: WebhookShape): boolean {
  const actions = actionsOf(shape);
  return rules.some(({ on }) => {
    if (actions.length === 0) return filterFor(on, { type: shape.type, action: null }) !== undefined;
    return actions.some((action) => {
      const filter = filterFor(on, { type: shape.type, action });
      return filter !== undefined && (filter.types === null || filter.types.includes(action));
    });
  });
}
