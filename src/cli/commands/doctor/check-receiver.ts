import { localUrl } from '../../../config/describe/place-words.ts';
import type { ReceiverPlace } from '../../../config/receiver-place.ts';
import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import { request } from '../../../shared/outbound.ts';
import { ASK_MS, askReceiver } from '../../ask-receiver.ts';

const MEANWHILE = 'Until this is mended, the running server answers events 503.';

/** Whether a receiver answers, and by which rules it says that it goes. */
export async function checkReceiver(place: ReceiverPlace, invocation: string): Promise<readonly Finding[]> {
  const url = `${localUrl(place)}/healthz`;
  const answer = await request({ method: 'GET', url, timeoutMs: ASK_MS });
  if (answer.kind !== 'answered') {
    return [warn('receiver', `${url} does not answer (${answer.reason})`, `Start it: ${invocation} start`)];
  }
  if (answer.status !== 200) {
    const fix = 'Another program may have this port. Choose one with PORT.';
    return [fail('receiver', `${url} answered ${answer.status}`, fix)];
  }
  return [ok('receiver', `answers at ${localUrl(place)}`), ...(await runningFindings(place))];
}

/** What the running process says of itself; nothing where it does not answer. */
async function runningFindings(place: ReceiverPlace): Promise<readonly Finding[]> {
  const answer = await askReceiver(place, '/readyz');
  if (answer.kind !== 'answered') return [];
  const [rules, lanes, access, database] = ['configuration', 'lanes', 'access', 'database'].map((name) =>
    checkIn(answer.text, name),
  );
  return [
    ...(rules ? [rulesFinding(rules.detail)] : []),
    ...(!lanes || lanes.ok ? [] : [fail('lanes', lanes.detail, 'Restart it. Its log says what it tries.')]),
    ...(access ? [accessFinding(access.detail)] : []),
    ...(!database || database.ok ? [] : [fail('database in use', database.detail, MEANWHILE)]),
  ];
}

function checkIn(text: string, name: string): { readonly ok: boolean; readonly detail: string } | null {
  try {
    const { checks } = JSON.parse(text) as {
      readonly checks?: Readonly<Record<string, { ok?: unknown; detail?: unknown }>>;
    };
    const { ok, detail } = checks?.[name] ?? {};
    return typeof detail === 'string' ? { ok: ok !== false, detail } : null;
  } catch {
    return null;
  }
}

function rulesFinding(detail: string): Finding {
  const name = 'rules in force';
  if (!detail.includes('cannot be used')) return ok(name, detail);
  return warn(name, detail, 'Correct it: the running server reads it again within a second or two.');
}

function accessFinding(detail: string): Finding {
  const name = 'access';
  if (!detail.includes('come in over loopback')) return ok(name, detail);
  return warn(name, detail, 'docs/operations.md, "Who may read", says how the two differ.');
}
