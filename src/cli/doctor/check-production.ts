import type { Config } from '../../config/config.ts';
import { request } from '../../shared/outbound.ts';
import { webhookPath } from '../place-words.ts';
import { type Finding, fail, ok, warn } from './check.ts';

const TIMEOUT_MS = 10_000;
/** `Date` has whole seconds, and the answer takes a while. */
const CLOCK_LIMIT_S = 30;

/** What may be so on a desk and must not be so where it is deployed. */
const MUST_HOLD = /^(?:volume|receiver|worker|channel of .*|secret of .*)$/;

export function asInProduction(finding: Finding): Finding {
  return finding.status === 'warn' && MUST_HOLD.test(finding.name) ? { ...finding, status: 'fail' } : finding;
}

/** What only a deployed server has to fulfil. `now`: ms since 1970. */
export async function checkProduction(config: Config, now: () => number): Promise<readonly Finding[]> {
  const [publicUrl, clock] = await Promise.all([checkPublicUrl(config), checkClock(config, now)]);
  return [checkHost(config), publicUrl, clock];
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
async function checkPublicUrl({ publicUrl, sources }: Config): Promise<Finding> {
  const name = 'public address';
  if (publicUrl === null) {
    return fail(
      name,
      'not set: GitHub cannot be told where to call',
      'Set PUBLIC_URL, such as https://tidings.example.org',
    );
  }
  const path = webhookPath(sources[0]?.name ?? 'github');
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

async function checkClock({ rowSettings }: Config, now: () => number): Promise<Finding> {
  const githubApiUrl = String(rowSettings['github_api_url']);
  const before = now();
  const answer = await request({
    method: 'GET',
    url: githubApiUrl,
    headers: { 'user-agent': 'tidings' },
    timeoutMs: TIMEOUT_MS,
  });
  const theirs = answer.kind === 'answered' ? Date.parse(answer.headers.get('date') ?? '') : Number.NaN;
  if (Number.isNaN(theirs))
    return warn('clock', `${githubApiUrl} did not say the time`, 'Let this machine reach GitHub.');
  const seconds = Math.round((theirs - (before + now()) / 2) / 1000);
  if (Math.abs(seconds) < CLOCK_LIMIT_S) return ok('clock', "within 30 s of GitHub's");
  const way = seconds > 0 ? 'behind' : 'ahead of';
  return fail(
    'clock',
    `${Math.abs(seconds)} s ${way} GitHub's`,
    'Set it by NTP: times in messages and retries go by it.',
  );
}
