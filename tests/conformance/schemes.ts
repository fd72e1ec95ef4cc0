import type { SourceRequest } from '../../src/model/source.ts';
import { NOW, type Scheme, type SourceCase, type SourceFixture, UNBOUND } from './source-fixture.ts';

/** Every way in which a provider proves who sends: the one that its fixture signs by first. */
export function schemesOf(fixture: SourceFixture): readonly Scheme[] {
  const { secret, settings, signsUrl, isBodySigned, spared = [], schemes = [] } = fixture;
  const { body } = fixture.event(1);
  const own: Scheme = {
    secret,
    ...(settings && { settings }),
    ...(signsUrl && { signsUrl }),
    request: (by) => ({ headers: fixture.headers(body, by, NOW, 1), body }),
    spared: isBodySigned === false ? [UNBOUND, ...spared] : spared,
  };
  return [own, ...schemes];
}

export interface SentRequest extends SourceRequest {
  readonly headers: Readonly<Record<string, string>>;
}

/** A request that is right, as it comes to the source of that name. */
export function requestOf(name: string, { secret, request }: Scheme): SentRequest {
  const { headers, body, method = 'POST', url = `/webhooks/${name}` } = request(secret);
  return { method, url, headers: lowerCase(headers), body: Buffer.from(body), now: NOW * 1000 };
}

export function lowerCase(headers: SourceCase['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), String(value)]));
}
