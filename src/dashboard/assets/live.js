// One connection a page, while somebody can see it.

/**
 * @typedef {import('./rows.js').Summary} Summary
 * @typedef {{ came(event: Summary): void, changed(event: Summary): void, many(count: number): void, missed(): void, is(state: 'live' | 'paused' | 'away' | 'out'): void }} Hears
 */

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** From then on it goes on behind this one. @param {MessageEvent} event @param {URL} from */
function read(event, from) {
  if (event.lastEventId !== '') from.searchParams.set('after', event.lastEventId);
  return JSON.parse(event.data);
}

/**
 * Listens at that address, and again after every loss, from the event on that was heard last; the address says the first.
 * `missed`: what is shown may have changed meanwhile.
 * @param {string} address
 * @param {Hears} hears
 */
export function listen(address, hears) {
  /** @type {EventSource | null} */
  let source = null;
  let wait = FIRST_WAIT_MS;
  let wasOpen = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const from = new URL(address, location.href);

  function open() {
    clearTimeout(timer);
    source?.close();
    const opened = new EventSource(from);
    source = opened;
    opened.addEventListener('open', () => {
      wait = FIRST_WAIT_MS;
      if (wasOpen) hears.missed();
      wasOpen = true;
      hears.is('live');
    });
    opened.addEventListener('new', (event) => hears.came(read(event, from)));
    opened.addEventListener('changed', (event) => hears.changed(read(event, from)));
    opened.addEventListener('many', (event) => hears.many(read(event, from).count));
    opened.addEventListener('error', () => {
      hears.is('away');
      // A lost connection the browser takes up again by itself; an answer that is no stream it does not.
      if (opened.readyState === EventSource.CLOSED) void tryLater(opened);
    });
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

  whileSeen(open, close, () => source !== null);
}

/** @param {() => void} open @param {() => void} close @param {() => boolean} isOpen */
function whileSeen(open, close, isOpen) {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close();
    else if (!isOpen()) open();
  });
  // A page kept for the back button holds no connection.
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => {
    if (event.persisted) open();
  });
  if (!document.hidden) open();
}
