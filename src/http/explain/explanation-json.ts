import type { EventRecord } from '../../model/inbox/records.ts';
import type { RuleTrace } from '../../model/rule.ts';
import { oneLine } from '../../shared/terminal/one-line.ts';
import { shellWord } from '../acts/shell-word.ts';
import type { Explanation } from '../api/answers/events.ts';
import { PLAIN } from './plain.ts';
import { storyOf } from './story.ts';
import { noteLines } from './trace-lines.ts';
import { calling, fate, type StoppedLanes, whatBecame } from './what-became.ts';

interface Explaining {
  readonly invocation: string;
  readonly stopped: StoppedLanes;
  /** Where the server is reached, without a slash at its end. */
  readonly base: string;
  /** What happened, and its page. Nulls: nobody knows. */
  readonly said: { readonly said: string | null; readonly url: string | null };
}

/** Why an event was told, or was not, with every step and every rule. Not redacted. */
export function explanationJson(event: EventRecord, explaining: Explaining): Explanation {
  const { invocation, stopped, said } = explaining;
  return {
    event_id: event.id,
    said: said.said,
    url: said.url !== null && /^https?:\/\//i.test(said.url) ? said.url : null,
    verdict: whatBecame(event, invocation, stopped),
    steps: storyOf(event, explaining),
    rules: (event.trace?.rules ?? []).map(askedRule),
    notes: event.trace === null ? [] : noteLines(event.trace, PLAIN),
    destinations: event.notifications.map((each) => ({
      destination: each.destination,
      says: oneLine(`${fate(each, event.receivedAt, { stopped })}${calling(event, each.destination)}`),
    })),
    commands: {
      explain: `${invocation} explain ${event.id}`,
      replay: `${invocation} replay ${event.id}`,
      curl: curlOf(event, explaining),
    },
  };
}

function askedRule({ rule, result, to, checks }: RuleTrace): Explanation['rules'][number] {
  return {
    rule,
    result,
    to: [...to],
    checks: checks.map(({ check, ok, wanted, actual, from = null }) => ({ check, ok, wanted, actual, from })),
  };
}

/** What proves who sends; and what curl says by itself. */
const LEFT_OUT = /signature|token|secret|authori[sz]ation|hmac|^(?:host|content-length|connection|user-agent|accept)$/i;

/**
 * Sends the payload once more, as it came but for what proves who sent it: that needs the secret, which is shown to nobody. Null: the
 * body is gone.
 */
function curlOf({ id, source, headers, body }: EventRecord, { invocation, base }: Explaining): string | null {
  if (body === null || headers === null) return null;
  const said = Object.entries(headers).filter(([name, value]) => !LEFT_OUT.test(name) && value !== undefined);
  const args = said.map(([name, value]) => `-H ${shellWord(`${name}: ${oneLine(value ?? '')}`)}`);
  const url = shellWord(`${base}/webhooks/${source}`);
  const note = '# unsigned: whoever checks signatures refuses it';
  return `${invocation} events show ${id} --raw | curl --data-binary @- ${[...args, url].join(' ')} ${note}`;
}
