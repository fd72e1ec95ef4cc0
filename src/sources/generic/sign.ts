import type { Headers } from '../../model/headers.ts';
import type { Unsigned } from '../../model/plugin/provider.ts';
import { hmac } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { type Declaration, declared, type SignedTime } from './declaration.ts';
import type { Place } from './place.ts';
import type { GenericSettings } from './settings.ts';
import { hmacKeysOf, signedParts } from './signature.ts';
import { credentials } from './token.ts';

/** What a sender that is declared so would send with it. @throws Error where that makes no sense, or the secret is none */
export function signedHeaders(delivery: Unsigned, secret: Secret, settings: GenericSettings): Record<string, string> {
  const declaration = declared(settings);
  if ('problem' in declaration) throw new Error(declaration.problem);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'tidings-sample',
    ...said(declaration, delivery),
  };
  return { ...headers, ...proved(declaration, delivery, secret, headers) };
}

/** What stands in the body already is left there. */
function said(declaration: Declaration, { guid, type: name, now, received }: Unsigned): Record<string, string> {
  const { id, event, proof } = declaration;
  const time = proof.scheme === 'hmac' ? proof.time : null;
  return {
    ...(received === undefined ? { ...inHeader(id, guid), ...inHeader(event, name) } : defined(received)),
    ...inHeader(time?.place ?? null, time ? written(time, now) : ''),
  };
}

function defined(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function inHeader(place: Place | null, value: string): Record<string, string> {
  return place?.kind === 'header' ? { [place.name]: value } : {};
}

function written({ unit }: SignedTime, now: number): string {
  if (unit === 'iso') return new Date(now).toISOString();
  return String(unit === 's' ? Math.floor(now / 1000) : now);
}

function proved(
  { proof }: Declaration,
  { body, url, received }: Unsigned,
  secret: Secret,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  switch (proof.scheme) {
    case 'token':
      return { [proof.header]: proof.prefix + secret.reveal() };
    case 'bearer':
      return { [proof.header]: `Bearer ${secret.reveal()}` };
    case 'basic':
      return { [proof.header]: `Basic ${Buffer.from(credentials(secret).reveal()).toString('base64')}` };
    case 'hmac': {
      const signsUrl = proof.template.some((part) => 'placeholder' in part && part.placeholder === 'url');
      if (signsUrl && received === undefined) throw new Error('The address is signed, which a sample does not know.');
      const [key] = hmacKeysOf([secret], proof.secretEncoding);
      if (!key) throw new Error(`The secret is no ${proof.secretEncoding}.`);
      const parts = signedParts(proof, { headers, url, method: 'POST', body });
      return { [proof.header]: proof.prefix + hmac(proof.hash, key, ...parts).toString(proof.encoding) };
    }
  }
}
