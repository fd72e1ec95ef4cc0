import { request } from '../../../shared/outbound.ts';
import type { Config } from '../../config/config.ts';
import { localUrl } from '../place-words.ts';
import { type Finding, fail, ok, warn } from './check.ts';

const TIMEOUT_MS = 3_000;

export async function checkReceiver(config: Config, invocation: string): Promise<Finding> {
  const url = `${localUrl(config)}/healthz`;
  const answer = await request({ method: 'GET', url, timeoutMs: TIMEOUT_MS });
  if (answer.kind !== 'answered') {
    return warn('receiver', `${url} does not answer (${answer.reason})`, `Start it: ${invocation} start`);
  }
  if (answer.status === 200) return ok('receiver', `answers at ${localUrl(config)}`);
  return fail(
    'receiver',
    `${url} answered ${answer.status}`,
    'Another program may have this port. Choose one with PORT.',
  );
}
