// One connection a page, while somebody can see it.

/**
 * @typedef {import('./rows.js').Summary} Summary
 * @typedef {{ newest(): number, came(event: Summary): void, changed(event: Summary): void, many(count: number): void, missed(): void, is(state: 'live' | 'paused' | 'away' | 'out'): void }} Hears
 */

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Listens at that address, and again after every loss, from the newest event on that is shown or was heard. `missed`: something may have
 * happened meanwhile.
 * @param {string} address
 * @param {Hears} hears
 */
export function listen(address, hears) {
  /** @type {EventSource | null} */
  let source = null;
  let wait = FIRST_WAIT_MS;
  let wasOpen = false;
  let heard = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function open() {
    clearTimeout(timer);
    source?.close();
    const opened = new EventSource(from(Math.max(heard, hears.newest())));
    source = opened;
    /** @param {MessageEvent} event */
    const said = ({ data, lastEventId }) => {
      heard = Math.max(heard, Number(lastEventId));
      return JSON.parse(data);
    };
    opened.addEventListener('open', () => {
      wait = FIRST_WAIT_MS;
      // The browser names the last event that it heard only where it reconnects by itself; looking again costs one page.
      if (wasOpen) hears.missed();
      wasOpen = true;
      hears.is('live');
    });
    opened.addEventListener('new', (event) => hears.came(said(event)));
    opened.addEventListener('changed', (event) => hears.changed(said(event)));
    opened.addEventListener('many', (event) => hears.many(said(event).count));
    opened.addEventListener('error', () => {
      hears.is('away');
      // A lost connection the browser takes up again by itself; an answer that is no stream it does not.
      if (opened.readyState === EventSource.CLOSED) void tryLater(opened);
    });
  }

  /** @param {number} newest */
  function from(newest) {
    const url = new URL(address, location.href);
    if (newest > Number(url.searchParams.get('after'))) url.searchParams.set('after', String(newest));
    return url;
  }

  /** @param {EventSource} lost */
  async function tryLater(lost) {
    lost.close();
    const answer = await fetch(address, { method: 'HEAD' }).catch(() => null);
    if (answer?.status === 401) return hears.is('out');
    if (source !== lost || document.hidden) return;
    timer = setTimeout(open, wait);
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
    hears.is('paused');
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close();
    else if (source === null) open();
  });
  // A page kept for the back button holds no connection.
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => {
    if (event.persisted) open();
  });
  if (!document.hidden) open();
}
