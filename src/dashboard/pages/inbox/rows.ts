import { html } from 'hono/html';
import type { EventSummary } from '../../../http/api/answers/events.ts';
import { query } from '../../ask.ts';
import { cut, type Html, theirs, visible } from '../../parts/html.ts';
import { standing, standingOf, toldAt } from '../../parts/standing.ts';
import { timeAgo } from '../../parts/time.ts';

export interface Around {
  readonly base: string;
  /** The line that found them: the event's page goes on to the next of them. */
  readonly q: string;
  readonly now: number;
}

/** More places are a number. */
const MOST_PLACES = 3;

export function kindOf({ type, action }: Pick<EventSummary, 'type' | 'action'>): string {
  return action === null ? type : `${type}.${action}`;
}

/** A long one goes on below its point, not in the middle of a word. */
function breaking(kind: string): Html {
  const [type = '', ...rest] = visible(kind).split('.');
  return html`${type}${rest.map((each) => html`.<wbr />${each}`)}`;
}

/** What it is called: what it is about, or its number. */
export function titleOf(event: Pick<EventSummary, 'id' | 'about'>): string {
  const { id, about } = event;
  return about === null || about === undefined || IS_BLANK.test(about) ? `Event ${id}` : about;
}

/** A link of which nothing is seen leads nowhere. */
const IS_BLANK = /^[\s\p{Cf}\p{Cc}\u2800\u3164\u115F\u1160]*$/u;

export function eventTable(events: readonly EventSummary[], around: Around, canPick: boolean): Html {
  return html`<table class="events">
    <thead><tr>
      ${canPick ? html`<th scope="col" class="pick"><span class="unseen">Select</span></th>` : ''}
      <th scope="col" class="when">Received</th><th scope="col" class="what">Event</th><th scope="col" class="about">About</th>
      <th scope="col" class="state">State</th><th scope="col" class="told">Told to</th>
    </tr></thead>
    <tbody id="rows">${events.map((event) => eventRow(event, around, canPick))}</tbody>
  </table>`;
}

/** One event. rows.js fills a copy of it for those that come in while the page is open: by the names of classes. */
export function eventRow(event: EventSummary, { base, q, now }: Around, canPick: boolean): Html {
  const { id } = event;
  const pick = html`<td class="pick"><input type="checkbox" name="id" value="${id}" aria-label="Select event ${id}" /></td>`;
  return html`<tr id="e${id}" data-id="${id}">${canPick ? pick : ''}
<td class="when">${timeAgo(event.received_at, now)}</td>
<td class="what"><code class="kind">${breaking(kindOf(event))}</code><span class="source">${theirs(event.source)}</span></td>
<td class="about"><a class="open" href="${base}/events/${id}${query({ q })}">${theirs(cut(titleOf(event), 160))}</a><span class="by">${by(event)}</span></td>
<td class="state">${standing(standingOf(event))}</td>
<td class="told">${told(event)}</td>
</tr>`;
}

/** `acme/api · mona` */
function by({ repo, actor }: EventSummary): Html {
  const known = [repo, actor].filter((each) => each !== null && each !== undefined);
  return html`${known.map((each, index) => html`${index > 0 ? ' · ' : ''}${theirs(cut(each, 100))}`)}`;
}

/** Where it was told, or why nowhere. */
function told({ destinations, reason }: EventSummary): Html {
  const places = destinations ?? [];
  if (places.length === 0) return html`<span class="why">${theirs(cut(reason ?? '', 140))}</span>`;
  const more = places.length - MOST_PLACES;
  return html`${places.slice(0, MOST_PLACES).map((each) => toldAt(each.destination, each.fate, each.reason))}${
    more > 0 ? html`<span class="muted">and ${more} more</span>` : ''
  }`;
}
