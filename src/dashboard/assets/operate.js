// What people do: menus that close, a replay that is followed, and an address that says no more what was done.
import { all, find, say } from './dom.js';

forgetFlash();
closeMenus();
followReplay();

/** It was said: a bookmark of this page need not say it again. */
function forgetFlash() {
  const here = new URL(location.href);
  if (!here.searchParams.has('did')) return;
  here.searchParams.delete('did');
  history.replaceState(history.state, '', here);
}

function closeMenus() {
  const open = () => all('details.menu[open]', HTMLDetailsElement);
  document.addEventListener('click', (event) => {
    for (const menu of open()) {
      if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      find('summary', HTMLElement, menu)?.focus();
    }
  });
}

/** Asked once a second while it runs and somebody looks; then the page is drawn anew, with how it ended. */
function followReplay() {
  const place = find('[data-replay]', HTMLElement);
  const address = place?.dataset['replay'];
  if (place === null || address === undefined) return;
  const bar = find('progress', HTMLProgressElement, place);
  const count = find('[data-done]', HTMLElement, place);
  const timer = setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => null);
    if (answer === null || !answer.ok) return;
    const replay = await answer.json();
    if (bar !== null) bar.value = Number(replay.done);
    if (count !== null) count.textContent = Number(replay.done).toLocaleString('en-US');
    if (replay.state === 'running') return;
    clearInterval(timer);
    say(String(replay.says));
    location.reload();
  }, 1_000);
}
