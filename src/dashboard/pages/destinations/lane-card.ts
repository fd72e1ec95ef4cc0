import { html } from 'hono/html';
import type { Lane } from '../../../http/api/answers/lanes.ts';
import type { Visit } from '../../../http/visit.ts';
import { lasting } from '../../../shared/time-words.ts';
import { query } from '../../ask.ts';
import { command, typed } from '../../parts/command.ts';
import { actButton } from '../../parts/form.ts';
import { type Html, NOTHING, theirs } from '../../parts/html.ts';
import { mood } from '../../parts/mood.ts';
import { said } from '../../parts/said.ts';
import { timeAgo, timeAt } from '../../parts/time.ts';
import { withKey } from '../inbox/filter.ts';

export interface Around {
  readonly visit: Visit;
  readonly now: number;
  /** How the command line is called here. */
  readonly invocation: string;
}

/** For how long somebody pauses it; null: until it is resumed. */
const PAUSES = [
  ['30m', 'for 30 minutes'],
  ['2h', 'for 2 hours'],
  ['', 'until I resume it'],
] as const;

export function laneCard(lane: Lane, around: Around): Html {
  const { visit } = around;
  const { name, type, where, mood: kind, says } = lane;
  return html`<article class="card lane ${kind}" id="${anchorOf(name)}" aria-labelledby="${anchorOf(name)}-name">
    <div class="row">
      <h2 id="${anchorOf(name)}-name">${theirs(name)}</h2>
      <p class="muted where">${type} · ${theirs(where)}</p>
      <div class="row end">${actions(lane, visit)}</div>
    </div>
    <p class="says">${mood(kind, said(says))}</p>
    ${whatToDo(lane, around)}
    ${facts(lane, around)}
  </article>`;
}

/** One word of an address, whatever it is called. */
export function anchorOf(name: string): string {
  return `lane-${encodeURIComponent(name).replaceAll('%', '_')}`;
}

export function pathOf(name: string, act: string): string {
  return `/destinations/${encodeURIComponent(name)}/${act}`;
}

function whatToDo({ next, command: line }: Lane, { invocation }: Around): Html {
  if (next === null && line === null) return NOTHING;
  if (line === null) return html`<p class="muted">${next}</p>`;
  return html`<div class="todo"><p>${next ?? 'In a terminal:'}</p><p>${command(typed(line, invocation))}</p></div>`;
}

function facts(lane: Lane, around: Around): Html {
  const { now, visit } = around;
  const { waiting, oldest_received_at: oldest, last_sent_at: last, pace_ms: pace, digest_over: over } = lane;
  const { paused_until: retry, held } = lane;
  const link = (text: Html | string, state: string) =>
    html`<a href="${visit.base}/${query({ q: `${withKey('', 'to', lane.name)} state:${state}` })}">${text}</a>`;
  return html`<dl class="figures-row">
    ${fact('Waiting', waiting === 0 ? '0' : link(waiting.toLocaleString('en-US'), 'waiting'))}
    ${oldest === null ? NOTHING : fact('Oldest', timeAgo(oldest, now))}
    ${fact('Last told', last === null ? html`<span class="muted">never</span>` : timeAgo(last, now))}
    ${held === null ? NOTHING : fact('Paused by', html`${theirs(held.by)} ${timeAgo(held.since, now)}`)}
    ${held === null ? NOTHING : fact('Goes on', held.until === null ? 'when somebody resumes it' : timeAt(held.until))}
    ${retry === null ? NOTHING : fact('Next try', timeAt(retry))}
    ${lane.cards_behind === 0 ? NOTHING : fact('Cards to update', lane.cards_behind.toLocaleString('en-US'))}
    ${pace === null ? NOTHING : fact('Pace', paceWords(pace))}
    ${over === null ? NOTHING : fact('Digest', `when more than ${over} wait`)}
    ${fact('Served by', lane.served_by === null ? html`<span class="muted">no worker</span>` : theirs(lane.served_by))}
  </dl>`;
}

function fact(name: string, value: Html | string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function paceWords(ms: number): string {
  if (ms <= 0) return 'as they come';
  if (ms < 1_000) return `${Math.round(1_000 / ms)} a second`;
  return ms < 1_500 ? 'one a second' : `one in ${lasting(ms)}`;
}

function actions(lane: Lane, visit: Visit): Html {
  if (visit.caller.role !== 'admin') return NOTHING;
  const { name, broken, held, waiting, can_test: canTest } = lane;
  const isStopped = broken !== null || held !== null;
  return html`${
    isStopped ? actButton(visit, pathOf(name, 'resume'), 'Resume', { kind: 'main' }) : NOTHING
  }${canTest ? actButton(visit, pathOf(name, 'test'), 'Send a test message') : NOTHING}${
    held === null ? pauseMenu(name, visit) : NOTHING
  }${
    waiting === 0
      ? NOTHING
      : html`<a class="button" href="${visit.base}${pathOf(name, 'drain')}">Give up what waits…</a>`
  }`;
}

function pauseMenu(name: string, visit: Visit): Html {
  return html`<details class="menu"><summary class="button">Pause<span class="unseen"> ${name}</span></summary><div class="menu-list">${PAUSES.map(
    ([time, words]) => actButton(visit, pathOf(name, 'pause'), words, { fields: { for: time }, kind: 'plain' }),
  )}</div></details>`;
}
