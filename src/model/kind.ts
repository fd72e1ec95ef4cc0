// What happened has a type and at most one action, spelt as the provider spells them. A type may hold dots, an action never
// does: so a kind is taken apart at its last dot, and a type with dots is told from one with an action only by who knows it.

export interface EventName {
  readonly type: string;
  readonly action: string | null;
}

/** `pull_request.merged`; the type alone where there is no action. */
export function kindOf(type: string, action: string | null): string {
  return action === null ? type : `${type}.${action}`;
}

/** What a provider writes as one name, taken apart at its last `separator`: `customer.subscription.updated`. */
export function splitName(name: string, separator = '.'): EventName {
  const at = name.lastIndexOf(separator);
  return at <= 0
    ? { type: name, action: null }
    : { type: name.slice(0, at), action: name.slice(at + separator.length) };
}
