import { html } from 'hono/html';
import type { RulesChecked, RulesTested, RulesWritten } from '../../../http/api/answers/rules.ts';
import { plural } from '../../../shared/time-words.ts';
import { type Html, NOTHING, theirs, visible } from '../../parts/html.ts';
import { mood } from '../../parts/mood.ts';
import { notice } from '../../parts/notice.ts';
import { lineDifference } from './line-difference.ts';

type Problem = RulesChecked['problems'][number];

/** Each with its place, which leads to the line in the editor. */
export function problemList(problems: readonly Problem[]): Html {
  return html`<ul class="faults">${problems.map(
    ({
      line,
      column,
      where,
      message,
      excerpt,
    }) => html`<li ${line === null ? '' : html`data-fault="${line}" data-column="${column ?? 1}"`}>
      <p>${line === null ? html`<strong>${theirs(where)}</strong>` : html`<a href="#text" data-line="${line}" data-column="${column ?? 1}">Line ${line}, column ${column ?? 1}</a>`}: ${theirs(message)}</p>
      ${excerpt === null ? '' : html`<pre>${visible(excerpt)}</pre>`}
    </li>`,
  )}</ul>`;
}

export function shownCheck(checked: RulesChecked, fileText: string | null, text: string): Html {
  const { ok, problems, notes, rules, tests } = checked;
  const verdict = ok
    ? notice('good', `This text can be used: ${plural(rules, 'rule')}, ${plural(tests, 'test')}`)
    : notice('bad', `This text cannot be used: ${plural(problems.length, 'fault')}`, problemList(problems));
  const worth =
    notes.length === 0
      ? NOTHING
      : notice(
          'busy',
          'Worth a look',
          html`<ul class="plain">${notes.map((note) => html`<li>${theirs(note)}</li>`)}</ul>`,
        );
  return html`${verdict}${worth}${fileText === null ? '' : differenceFrom(fileText, text)}`;
}

export function shownTests({ ok, problems, results }: RulesTested): Html {
  if (problems.length > 0) {
    return notice('bad', `The tests cannot be run: ${plural(problems.length, 'fault')}`, problemList(problems));
  }
  if (results.length === 0) {
    const example = 'tests:\n  - name: an opened issue is announced\n    event: issues.opened\n    expect: [team]';
    return notice('quiet', 'No tests are written. One looks like this:', html`<pre>${example}</pre>`);
  }
  const failed = results.filter((result) => !result.ok).length;
  const title = ok
    ? results.length === 1
      ? 'The test passed'
      : `All ${results.length} tests passed`
    : results.length === 1
      ? 'The test failed'
      : `${failed} of ${plural(results.length, 'test')} failed`;
  return notice(
    ok ? 'good' : 'bad',
    title,
    html`<ul class="tests">${results.map(
      (result) => html`<li>${mood(result.ok ? 'good' : 'bad', result.ok ? 'passed' : 'failed')} ${theirs(result.name)}
        ${result.lines.length === 0 ? '' : html`<pre>${visible(result.lines.join('\n'))}</pre>`}</li>`,
    )}</ul>`,
  );
}

export function shownWrite({ says, in_force: inForce }: RulesWritten): Html {
  const isIn = inForce.startsWith('In force: ') && !inForce.includes('cannot be used');
  return notice(isIn ? 'good' : 'busy', says.replace(/\.$/, ''), html`<p>${theirs(inForce)}</p>`);
}

/** What a text changes in the file, line by line; nothing where they are the same. */
export function differenceFrom(fileText: string, text: string): Html {
  const lines = lineDifference(fileText.replaceAll('\r\n', '\n'), text);
  if (lines === 'same') return html`<p class="muted">It is the text of the file: nothing is changed yet.</p>`;
  return html`<h3>What it changes in the file</h3>
  <div class="diff" role="region" aria-label="What it changes in the file" tabindex="0"><ol>${lines.map(
    ({ kind, text: line }) => {
      if (kind === 'gap') return html`<li class="gap">⋯ ${line}</li>`;
      const sign = { added: '+', removed: '−', same: ' ' }[kind];
      const word = { added: 'added: ', removed: 'removed: ', same: '' }[kind];
      return html`<li class="${kind}"><span class="sign" aria-hidden="true">${sign}</span>${word === '' ? '' : html`<span class="unseen">${word}</span>`}<code>${visible(line)}</code></li>`;
    },
  )}</ol></div>`;
}
