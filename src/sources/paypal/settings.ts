import type { Secret } from '../../shared/secret.ts';

export interface PaypalSettings {
  /** Signs what `tidings send` sends, which nobody but PayPal can sign as PayPal does. Null: nothing but PayPal's is taken. */
  readonly sample_secret?: Secret | null;
  /** Of a filed request: what its certificate's address answered, in PEM. Nothing is fetched then. */
  readonly certificates?: string;
  /** Of a filed request: whom to trust instead of the public authorities, in PEM. */
  readonly trustAnchors?: string;
  /** Of a filed request: the hosts that certificates may come from, and whom they may name. */
  readonly certHosts?: readonly string[];
  readonly certSubjects?: readonly string[];
}

/** What a filed request says of its source, each as published vectors call it. */
export function filedSettings(context: Readonly<Record<string, unknown>>): Partial<PaypalSettings> {
  const served = textsOf(context['certPem']);
  const between = textsOf(context['intermediatePem']);
  const anchors = textsOf(context['trustAnchorPem']);
  const hosts = textsOf(context['certHosts']);
  const subjects = textsOf(context['certSubjectCN']);
  return {
    ...(served.length > 0 ? { certificates: [...served, ...between].join('\n') } : {}),
    ...(anchors.length > 0 ? { trustAnchors: anchors.join('\n') } : {}),
    ...(hosts.length > 0 ? { certHosts: hosts } : {}),
    ...(subjects.length > 0 ? { certSubjects: subjects } : {}),
  };
}

function textsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === 'string' && each !== '');
}
