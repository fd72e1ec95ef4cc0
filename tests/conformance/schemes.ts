import type { FiledRequest } from '../../src/run/verify/filed-request.ts';
import { NOW, type Scheme, type SourceFixture, UNBOUND } from './source-fixture.ts';

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

/** A request that is right, sent to the source of that name. */
export function filed(name: string, { secret, request }: Scheme): FiledRequest {
  const { headers, body, method = 'POST', url = `/webhooks/${name}` } = request(secret);
  return {
    name: 'genuine',
    provider: name,
    source: null,
    secrets: [],
    method,
    url,
    headers: new Map(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), [value].flat()])),
    body: Buffer.from(body),
    context: {},
    now: NOW * 1000,
    expect: null,
    isOptional: false,
  };
}
