import { html } from 'hono/html';
import type { Rules } from '../../../http/api/answers/rules.ts';
import { query } from '../../ask.ts';
import { type Html, NOTHING, theirs } from '../../parts/html.ts';
import { notice } from '../../parts/notice.ts';
import { timeAgo } from '../../parts/time.ts';
import { problemList } from './results.ts';

type Rule = Rules['rules'][number];

/** The rules that decide now, each with what it told, and what is wrong with the file. */
export function inForce(rules: Rules, base: string, now: number): Html {
  const { problems, notes } = rules;
  return html`<h1>Rules</h1>
  <p class="lead">In force: ${withTime(rules.in_force, now)}</p>
  ${problems.length === 0 ? '' : notice('bad', problems.length === 1 ? 'The file has a fault' : `The file has ${problems.length} faults`, problemList(problems))}
  ${notes.length === 0 ? '' : notice('busy', 'Worth a look', html`<ul class="plain">${notes.map((note) => html`<li>${theirs(note)}</li>`)}</ul>`)}
  ${rules.rules.length === 0 ? NOTHING : table(rules.rules, base)}`;
}

/** `2 rules, loaded 2030-01-31T12:00:00.000Z`: the time as the reader has it. */
function withTime(text: string, now: number): Html {
  const [, before = text, time, after = ''] = /^(.*\bloaded )(\d{4}-[\d:.T-]+Z)(.*)$/s.exec(text) ?? [];
  return html`${theirs(before)}${time === undefined ? '' : timeAgo(time, now)}${theirs(after)}`;
}

function table(rules: readonly Rule[], base: string): Html {
  return html`<div class="table"><table class="cards rules">
    <caption class="unseen">Rules in force, in the order in which they are asked</caption>
    <thead><tr><th scope="col">Rule</th><th scope="col">Tells</th><th scope="col">Where</th><th scope="col" class="num">24 h</th><th scope="col" class="num">7 days</th></tr></thead>
    <tbody>${rules.map((rule) => row(rule, base))}</tbody>
  </table></div>`;
}

function row({ name, on, of, to, details, line, told_24h: day, told_7d: week }: Rule, base: string): Html {
  const tells = html`${separated(on.map((event) => eventLink(event, base)))}${of === null ? '' : html` ${theirs(of)}`}`;
  return html`<tr>
    <th scope="row">${line === null ? theirs(name) : html`<a href="#text" data-line="${line}">${theirs(name)}</a>`}</th>
    <td data-label="Tells"><span>${tells}${details.length === 0 ? '' : html`<span class="details">${theirs(details.join('; '))}</span>`}</span></td>
    <td data-label="Where"><span>${to.length === 0 ? 'nobody' : separated(to.map((destination) => placeLink(destination, base)))}</span></td>
    <td data-label="24 h" class="num">${count(day)}</td>
    <td data-label="7 days" class="num">${count(week)}</td>
  </tr>`;
}

/** To its events of a week. What else it asks of them no filter says. */
function eventLink(event: string, base: string): Html {
  const [type = '', ...rest] = event.split(' ');
  if (!/^[\w.-]+$/.test(type) || event === 'everything else') return theirs(event);
  const href = `${base}/${query({ q: `type:${type} since:7d` })}`;
  return html`<a href="${href}">${theirs(type)}</a>${rest.length === 0 ? '' : html` ${theirs(rest.join(' '))}`}`;
}

function placeLink(destination: string, base: string): Html {
  if (!/^[\w.-]+$/.test(destination)) return theirs(destination);
  return html`<a href="${base}/${query({ q: `to:${destination} since:7d` })}">${theirs(destination)}</a>`;
}

function count(number: number): Html {
  return number === 0 ? html`<span class="muted">0</span>` : html`${number.toLocaleString('en-US')}`;
}

function separated(parts: readonly Html[]): Html {
  return html`${parts.map((part, index) => html`${index === 0 ? '' : ', '}${part}`)}`;
}
