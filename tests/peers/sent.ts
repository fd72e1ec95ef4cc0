/** A request as a provider sends it. */
export interface Sent {
  readonly method: 'POST' | 'GET';
  /** Without its question mark. */
  readonly query: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Signing {
  readonly secret: string;
  readonly at: Date;
}

/** By the library or, where it signs nothing, by node:crypto. */
export type Sign = (signing: Signing) => Sent | Promise<Sent>;

export function json(body: string, headers: Readonly<Record<string, string>>): Sent {
  return sentAs('application/json', body, headers);
}

export function form(body: string, headers: Readonly<Record<string, string>>): Sent {
  return sentAs('application/x-www-form-urlencoded', body, headers);
}

function sentAs(type: string, body: string, headers: Readonly<Record<string, string>>): Sent {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { method: 'POST', query: '', headers: { 'content-type': type, ...Object.fromEntries(named) }, body };
}

/** In seconds, as most sign it. */
export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
