import type { Config } from '../../../config/config.ts';
import { webhookPath } from '../../../config/describe/place-words.ts';
import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import { capable, providerOf } from '../../../run/sources.ts';
import type { Clock } from '../../../shared/clock.ts';
import { request } from '../../../shared/outbound.ts';

const TIMEOUT_MS = 10_000;
/** `Date` has whole seconds, and the answer takes a while. */
const CLOCK_LIMIT_S = 30;

/** What may be so on your own machine and must not be so where it is deployed. */
const MUST_HOLD = /^(?:volume|receiver|worker|channel of .*|secret of .*)$/;

export function asInProduction(finding: Finding): Finding {
  return finding.status === 'warn' && MUST_HOLD.test(finding.name) ? { ...finding, status: 'fail' } : finding;
}

/** What only a deployed server has to fulfil. */
export async function checkProduction(config: Config, clock: Clock): Promise<readonly Finding[]> {
  const [publicUrl, time] = await Promise.all([checkPublicUrl(config), checkClock(config, clock)]);
  return [checkHost(config), publicUrl, ...time];
}

/** A container's loopback is reached by nobody outside. */
function checkHost({ host, platform }: Config): Finding {
  const isLoopback = /^(?:localhost|127\.[\d.]+|::1)$/.test(host);
  if (isLoopback && platform !== null) {
    return fail('host', `listens on ${host} only, which ${platform} cannot reach`, 'Set HOST=0.0.0.0.');
  }
  return ok('host', isLoopback ? `${host}: for a proxy on this machine` : host);
}

/** Asked from here: what only the provider's network sees (its DNS, its firewall) stays unseen. Sends no event. */
async function checkPublicUrl({ publicUrl, sources: [source] }: Config): Promise<Finding> {
  const name = 'public address';
  if (source === undefined) throw new Error('there is always a source');
  if (publicUrl === null) {
    const { title } = await providerOf(source);
    return fail(
      name,
      `not set: ${title} cannot be told where to call`,
      'Set PUBLIC_URL, such as https://tidings.example.org',
    );
  }
  const path = webhookPath(source.name);
  const answer = await request({ method: 'GET', url: `${publicUrl}${path}`, timeoutMs: TIMEOUT_MS });
  if (answer.kind !== 'answered') {
    const fix = 'Check its DNS, certificate and proxy; curl says more than this check can.';
    return fail(name, `${publicUrl} does not answer (${answer.reason})`, fix);
  }
  // Webhooks are sent with POST: to a GET only Tidings answers so.
  if (answer.status !== 405 || !answer.text.includes('method_not_allowed')) {
    const fix = `Its proxy must pass ${path} on as it is, with the body unchanged.`;
    return fail(name, `${publicUrl}${path} is answered by something else (${answer.status})`, fix);
  }
  if (publicUrl.startsWith('http:')) {
    return warn(
      name,
      `${publicUrl} answers, in clear text`,
      'End TLS in front of it: payloads of private repositories pass here.',
    );
  }
  return ok(name, `${publicUrl}${path} answers`);
}

/** By the clock of the first provider that tells the time. */
async function checkClock(config: Config, { now }: Clock): Promise<readonly Finding[]> {
  const [first] = await capable(config, 'timeFrom');
  if (first === undefined) return [];
  const { title } = first.provider;
  const url = first.provider.timeFrom(first.source.settings);
  const before = now();
  const answer = await request({ method: 'GET', url, headers: { 'user-agent': 'tidings' }, timeoutMs: TIMEOUT_MS });
  const theirs = answer.kind === 'answered' ? Date.parse(answer.headers.get('date') ?? '') : Number.NaN;
  if (Number.isNaN(theirs)) return [warn('clock', `${url} did not say the time`, `Let this machine reach ${title}.`)];
  const seconds = Math.round((theirs - (before + now()) / 2) / 1000);
  if (Math.abs(seconds) < CLOCK_LIMIT_S) return [ok('clock', `within 30 s of ${title}'s`)];
  const way = seconds > 0 ? 'behind' : 'ahead of';
  const detail = `${Math.abs(seconds)} s ${way} ${title}'s`;
  return [fail('clock', detail, 'Set it by NTP: times in messages and retries go by it.')];
}
