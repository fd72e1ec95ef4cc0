import * as z from 'zod/mini';
import type { EventCatalog } from '../../model/event-catalog.ts';
import type { Section } from './option-texts.ts';

/** A piece of JSON Schema. */
export type Json = { readonly [keyword: string]: unknown };

/** What editors are told of a schema, beyond what zod can see of it. Read by `json-schema.ts`. */
interface ForEditors {
  /** Its keys are described there. */
  readonly section?: Section;
  /** What it takes as written in the file: short forms, variables, what a check or a transform hides. */
  readonly shape?: (json: Json, events: EventCatalog) => Json;
}

export const EDITORS = z.registry<ForEditors>();
