import { all } from './dom.js';
import { ago } from './same.js';

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

/** Times below it in the reader's own zone. @param {ParentNode} [within] */
export function localTimes(within = document) {
  const now = Date.now();
  for (const time of all('time[datetime]', HTMLTimeElement, within)) {
    const then = Date.parse(time.dateTime);
    if (Number.isNaN(then)) continue;
    const words = exact.format(then);
    if (time.title !== words) time.title = words;
    const text = time.hasAttribute('data-ago') ? ago(then, now) : words;
    if ((time.hasAttribute('data-ago') || time.hasAttribute('data-at')) && time.textContent !== text)
      time.textContent = text;
  }
}

/** They go on, while somebody can see them. */
export function keepTimes() {
  localTimes();
  setInterval(() => {
    if (!document.hidden) localTimes();
  }, 15_000);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) localTimes();
  });
}
