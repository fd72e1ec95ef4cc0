import type { FieldSetter } from '../../shared/field-setter.ts';

/** Payloads to try with. */
export interface Samples {
  /** Every `event.action` (or bare event) there is a sample for, in reading order. */
  names(): readonly string[];
  /** The nth sample of that name; the same n and now (ms since 1970) give the same payload. */
  make(name: string, n: number, now: number): SamplePayload | undefined;
  /** The body as its provider writes it. Without it: JSON. */
  written?(payload: SamplePayload['payload']): Buffer;
  /** Puts the value where the path leads, `pull_request.title`, in this very payload. Null: done, else why not. */
  change(payload: Record<string, unknown>, path: string, value: unknown): string | null;
  /** Applies `path=value` assignments to a copy of the payload. */
  set(payload: SamplePayload['payload'], assignments: readonly string[]): SetResult;
}

export interface SamplePayload {
  /** The provider's event name. */
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export type SetResult =
  | { readonly ok: true; readonly payload: SamplePayload['payload'] }
  | { readonly ok: false; readonly problem: string };

/** Which of the samples of one name: the same n and now give the same bytes. */
export interface Scene {
  /** Counts from 0. */
  readonly n: number;
  /** ms since 1970. */
  readonly now: number;
}

/** Samples that are made by name, in JSON, whose fields the setter knows. */
export function samplesBy(
  names: Iterable<string>,
  make: (name: string, scene: Scene) => SamplePayload | undefined,
  setter: FieldSetter,
): Samples {
  const all = [...names];
  return {
    names: () => all,
    make: (name, n, now) => make(name, { n, now }),
    change: setter.problem,
    set: setter.assign,
  };
}
