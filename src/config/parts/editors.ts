import * as z from 'zod/mini';
import type { EventCatalog } from '../../model/event-catalog.ts';

/** A piece of JSON Schema. */
export type Json = { readonly [keyword: string]: unknown };

/** One key of tidings.yaml, in Markdown. */
export interface Option {
  /** Null: it has none. */
  readonly without: string | null;
  readonly text: string;
}

export type Options = Readonly<Record<string, Option>>;

/** What editors are told of a schema, beyond what zod can see of it. Read by `json-schema.ts`. */
interface ForEditors {
  /** Of OPTION_TEXTS, where its keys are described. */
  readonly section?: string;
  /** What its keys are, for one that has no section. */
  readonly options?: Options;
  /** What it takes as written in the file: short forms, variables, what a check or a transform hides. */
  readonly shape?: (json: Json, events: EventCatalog) => Json;
}

export const EDITORS = z.registry<ForEditors>();
