import { html } from 'hono/html';
import type { Counts, Status } from '../../../http/api/answers/counts.ts';
import { lasting } from '../../../shared/time-words.ts';
import { query } from '../../ask.ts';
import { type Html, NOTHING } from '../../parts/html.ts';
import { exactly } from '../../parts/time.ts';

const HOUR_MS = 3_600_000;
export const SHOWN_HOURS = 24;
/** In the drawing's own units. */
const TALL = 48;

/** Which hours the bars show: that of now is the last. */
export function shownHours(now: number): { readonly since: string; readonly until: string } {
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  const iso = (ms: number) => new Date(ms).toISOString();
  return { since: iso(last - (SHOWN_HOURS - 1) * HOUR_MS), until: iso(last + HOUR_MS) };
}

/** How it goes, in four figures and a day in bars. Each leads to what it counts. */
export function strip(status: Status | null, counts: Counts | null, base: string, now: number): Html {
  if (status === null && counts === null) return NOTHING;
  return html`<section class="strip" aria-label="How it goes">
    ${status === null ? '' : figures(status, counts, base, now)}${counts === null ? '' : bars(counts, base)}
  </section>`;
}

function figures(status: Status, counts: Counts | null, base: string, now: number): Html {
  const oldest = status.oldest_received_at;
  const failed = counts?.hours.reduce((sum, hour) => sum + hour.failed, 0) ?? 0;
  const waits = oldest === null ? 'waiting' : `waiting, oldest ${lasting(Math.max(0, now - Date.parse(oldest)))}`;
  return html`<ul class="figures">
    ${figure(status.received_last_hour, 'received in the last hour', `${base}/${query({ q: 'since:1h' })}`)}
    ${figure(status.told_last_hour, 'told in the last hour', `${base}/${query({ q: 'state:told since:1h' })}`)}
    ${figure(status.waiting, waits, `${base}/${query({ q: 'state:waiting' })}`, status.waiting > 0 ? 'busy' : '')}
    ${counts === null ? '' : figure(failed, 'failed in 24 hours', `${base}/problems`, failed > 0 ? 'bad' : '')}
  </ul>`;
}

function figure(count: number, words: string, href: string, kind = ''): Html {
  return html`<li><a href="${href}"><strong class="${kind}">${count.toLocaleString('en-US')}</strong> <span>${words}</span></a></li>`;
}

type Hour = Counts['hours'][number];

/** The drawing is for the eye and the mouse; the table holds the same for everybody else. */
function bars({ hours }: Counts, base: string): Html {
  const most = Math.max(1, ...hours.map(({ received, failed }) => Math.max(received, failed)));
  const height = (count: number) => (count === 0 ? 0 : Math.max(1.5, (count / most) * TALL));
  const bar = (hour: Hour, index: number) => {
    const [all, bad] = [height(hour.received), height(hour.failed)];
    return html`<a href="${hrefOf(hour, base)}" tabindex="-1"><title>${hourWords(hour)}</title><rect class="hit" x="${index}" y="0" width="1" height="${TALL}"/><rect class="bar" x="${index + 0.14}" y="${(TALL - all).toFixed(2)}" width="0.72" height="${all.toFixed(2)}"/><rect class="bad" x="${index + 0.14}" y="${(TALL - bad).toFixed(2)}" width="0.72" height="${bad.toFixed(2)}"/></a>`;
  };
  return html`<figure class="day">
    <svg viewBox="0 0 ${Math.max(1, hours.length)} ${TALL}" preserveAspectRatio="none" aria-hidden="true">${hours.map(bar)}</svg>
    <figcaption><span>${hours.length} h ago</span><details><summary>As a table</summary>${hourTable(hours, base)}</details><span>now</span></figcaption>
  </figure>`;
}

function hourTable(hours: readonly Hour[], base: string): Html {
  return html`<div class="pop"><table><caption class="unseen">The last ${hours.length} hours</caption>
    <thead><tr><th scope="col">Hour</th><th scope="col" class="num">Received</th><th scope="col" class="num">Told</th><th scope="col" class="num">Failed</th></tr></thead>
    <tbody>${hours
      .toReversed()
      .map(
        (hour) =>
          html`<tr><th scope="row"><a href="${hrefOf(hour, base)}"><time datetime="${hour.at}">${exactly(hour.at).slice(0, 16)}</time></a></th><td class="num">${hour.received}</td><td class="num">${hour.told}</td><td class="num">${hour.failed}</td></tr>`,
      )}</tbody></table></div>`;
}

function hrefOf({ at }: Hour, base: string): string {
  const until = new Date(Date.parse(at) + HOUR_MS).toISOString();
  return `${base}/${query({ q: `since:${at.slice(0, 16)}Z until:${until.slice(0, 16)}Z` })}`;
}

function hourWords({ at, received, told, failed }: Hour): string {
  return `${exactly(at)}, one hour: ${received} received, ${told} told, ${failed} failed`;
}
