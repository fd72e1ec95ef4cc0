import { html } from 'hono/html';
import type { Mood } from '../../../http/api/answers/common.ts';
import type { EventRecord, Explanation } from '../../../http/api/answers/events.ts';
import { span } from '../../../shared/time-words.ts';
import type { Html } from '../../parts/html.ts';
import { said } from '../../parts/said.ts';
import { exactly } from '../../parts/time.ts';

type Step = Explanation['steps'][number];

const LOOKS: Readonly<Record<Step['what'], { readonly mood: Mood; readonly sign: string }>> = {
  received: { mood: 'quiet', sign: '•' },
  verified: { mood: 'quiet', sign: '•' },
  stored: { mood: 'quiet', sign: '•' },
  decided: { mood: 'quiet', sign: '•' },
  sending: { mood: 'busy', sign: '○' },
  told: { mood: 'good', sign: '✓' },
  failed: { mood: 'bad', sign: '✕' },
  held: { mood: 'busy', sign: '◐' },
};

/** What happened to it, step by step, and how long after its receipt. */
export function story(record: EventRecord, explanation: Explanation | null): Html {
  const steps = explanation?.steps ?? fromRecord(record);
  const start = Date.parse(record.received_at);
  return html`<section aria-labelledby="story"><h2 id="story">What happened</h2>
    <ol class="story card">${steps.map((step) => line(step, start))}</ol></section>`;
}

function line({ at, what, says }: Step, start: number): Html {
  const { mood, sign } = LOOKS[what];
  const after =
    at === null
      ? 'not yet'
      : at === new Date(start).toISOString()
        ? clock(at)
        : `+${span(Math.max(0, Date.parse(at) - start))}`;
  const time =
    at === null
      ? html`<span class="after">${after}</span>`
      : html`<time class="after" datetime="${at}" title="${exactly(at)}">${after}</time>`;
  return html`<li class="${mood} ${at === null ? 'open' : ''}"><span class="mood ${mood}"><span class="sign" aria-hidden="true">${sign}</span></span>${time}<span class="says">${said(says)}</span></li>`;
}

/** `12:00:00` */
function clock(at: string): string {
  return at.slice(11, 19);
}

/** What is known without an explanation. */
function fromRecord({ received_at, stored_at, expanded_at, source }: EventRecord): Step[] {
  const step = (at: string | null, what: Step['what'], says: string): Step => ({ at, what, says, destination: null });
  return [
    step(received_at, 'received', `Received from ${source}`),
    step(stored_at, 'stored', 'Stored'),
    step(expanded_at, 'decided', expanded_at === null ? 'Decided' : 'Decided by the rules'),
  ];
}
