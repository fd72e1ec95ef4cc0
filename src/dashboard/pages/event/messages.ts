import { html } from 'hono/html';
import type { EventRecord, Explanation } from '../../../http/api/answers/events.ts';
import type { MessagePreview, MessagePreviews } from '../../../http/api/answers/preview.ts';
import type { Visit } from '../../../http/visit.ts';
import { type Html, NOTHING, theirs, visible } from '../../parts/html.ts';
import { message } from '../../parts/message.ts';
import { STANDINGS } from '../../parts/standing.ts';

/** What was sent, or is to be, at each destination: what became of it there, and as it looks there. */
export function messages(
  { base }: Visit,
  record: EventRecord,
  explanation: Explanation | null,
  previews: MessagePreviews | null,
): Html {
  const says = new Map(explanation?.destinations.map((each) => [each.destination, each.says]));
  const names = [
    ...new Set([
      ...(record.destinations ?? []).map(({ destination }) => destination),
      ...(previews?.previews ?? []).map(({ destination }) => destination),
    ]),
  ];
  if (names.length === 0 && (previews?.says ?? null) === null) return NOTHING;
  const why = names.length === 0 ? html`<p class="card muted">${visible(previews?.says ?? '')}</p>` : '';
  return html`<section aria-labelledby="messages"><h2 id="messages">What was said, and where</h2>${why}
    <div class="messages">${names.map((name) => place(name, base, record, says.get(name) ?? null, previews))}</div></section>`;
}

function place(
  name: string,
  base: string,
  record: EventRecord,
  says: string | null,
  previews: MessagePreviews | null,
): Html {
  const told = record.destinations?.find((each) => each.destination === name);
  const preview = previews?.previews.find((each) => each.destination === name);
  const { mood, sign, word } = told === undefined ? STANDINGS.skipped : STANDINGS[told.fate];
  if (preview?.is_connected === false) return proposed(preview, base);
  const words =
    says ?? (told === undefined ? 'not addressed to it' : told.reason === null ? word : `${word}: ${told.reason}`);
  return html`<div class="place"><h3>${theirs(name)}${preview === undefined ? '' : html` <span class="muted">${theirs(preview.place)}</span>`}</h3>
    <p><span class="mood ${mood}"><span class="sign" aria-hidden="true">${sign}</span></span>${theirs(words)}</p>
    ${preview === undefined ? '' : message(preview)}</div>`;
}

/** What it would be elsewhere, for whoever has connected nothing yet. */
function proposed(preview: MessagePreview, base: string): Html {
  return html`<div class="place"><h3>${theirs(preview.place)} <span class="muted">once connected</span></h3>
    <p><a href="${base}/setup#step-destination">Connect ${theirs(preview.place)}</a>, and it looks like this there:</p>
    ${message(preview)}</div>`;
}
