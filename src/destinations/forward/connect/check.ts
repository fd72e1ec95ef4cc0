import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { originOf } from '../../../shared/origin.ts';
import { request } from '../../../shared/outbound.ts';
import type { ForwardSettings } from '../settings.ts';

/** Asks whether somebody is there, by a GET, and posts nothing. What a GET is answered says nothing of a POST, but that it is gone. */
export async function check(name: string, { url }: ForwardSettings, { signal }: Asking): Promise<readonly Finding[]> {
  const what = `application of ${name}`;
  const where = originOf(url.reveal());
  const result = await request({ method: 'GET', url: url.reveal(), timeoutMs: 10_000, answerLimit: 0, signal });
  if (result.kind !== 'answered') {
    const wait = 'Events wait until it can be reached. Start it, or check the url.';
    return [warn(what, `${where} cannot be reached: ${result.reason}`, wait)];
  }
  if (result.status === 410) return [fail(what, `${where} says that it is gone for good (410)`, 'Set another url.')];
  return [ok(what, `${where} answers; nothing was posted`)];
}
