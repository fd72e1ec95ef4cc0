import { html } from 'hono/html';
import type { Mood } from '../../../http/api/answers/common.ts';
import type { EventRecord } from '../../../http/api/answers/events.ts';
import { plural, span } from '../../../shared/time-words.ts';
import { cut, type Html, NOTHING, theirs } from '../../parts/html.ts';
import { mood } from '../../parts/mood.ts';
import { exactly, timeAt } from '../../parts/time.ts';

type Notification = EventRecord['notifications'][number];
type Attempt = Notification['attempts'][number];

/** Of more, the last. */
const MOST = 100;

/** Each request that was made for it, with its answer. */
export function attempts({ notifications, received_at }: EventRecord): Html {
  const start = Date.parse(received_at);
  const made = notifications.flatMap((notification) =>
    notification.attempts.map((attempt) => ({ notification, attempt })),
  );
  if (made.length === 0) return NOTHING;
  const left = made.length - MOST;
  return html`<section aria-labelledby="attempts"><h2 id="attempts">Attempts</h2>
    ${left > 0 ? html`<p class="muted">${plural(left, 'earlier attempt')} left out.</p>` : ''}
    <div class="table"><table class="cards attempts"><thead><tr><th scope="col">Destination</th><th scope="col">After</th><th scope="col">Request</th><th scope="col">Answer</th><th scope="col">Took</th></tr></thead>
    <tbody>${made.slice(-MOST).map((each) => row(each, start))}</tbody></table></div>
    ${notifications.filter(({ not_before }) => not_before !== null).map(next)}</section>`;
}

function row(
  { notification, attempt }: { readonly notification: Notification; readonly attempt: Attempt },
  start: number,
): Html {
  const { started_at, ended_at, outcome, request, detail, size } = attempt;
  const took = ended_at === null ? 'no answer yet' : span(Math.max(0, Date.parse(ended_at) - Date.parse(started_at)));
  return html`<tr><td data-label="Destination"><span>${theirs(notification.destination)}${notification.is_replay ? html` <span class="muted">replay</span>` : ''}${size > 1 ? html` <span class="muted">with ${size - 1} more</span>` : ''}</span></td>
    <td data-label="After"><time datetime="${started_at}" title="${exactly(started_at)}">+${span(Math.max(0, Date.parse(started_at) - start))}</time></td><td data-label="Request"><code>${theirs(cut(request, 300))}</code></td>
    <td data-label="Answer"><span>${mood(moodOf(outcome), outcome ?? 'sending')} ${theirs(cut(detail ?? '', 500))}</span></td><td class="num" data-label="Took">${took}</td></tr>`;
}

function next({ destination, not_before }: Notification): Html {
  return not_before === null
    ? NOTHING
    : html`<p class="muted">Next for ${theirs(destination)}: not before ${timeAt(not_before)}.</p>`;
}

function moodOf(outcome: string | null): Mood {
  if (outcome === 'sent') return 'good';
  return outcome === null || outcome === 'retry' || outcome === 'unknown' ? 'busy' : 'bad';
}
