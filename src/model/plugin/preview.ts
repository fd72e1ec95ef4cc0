/** Text that looks alike. Raw: whoever shows it escapes it. */
export interface ShownRun {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly struck?: boolean;
  readonly code?: boolean;
  /** http or https. */
  readonly url?: string;
}

/**
 * text   a paragraph; its runs may hold line breaks
 * small  a line in small type, beside or below
 * quote  what somebody else wrote
 * code   as it is, in a fixed width
 * fields names with values, side by side where there is room
 * image  what it shows, in words: pictures are never fetched
 * link   a button
 * rule   a line between
 */
export type ShownBlock =
  | { readonly kind: 'text' | 'small' | 'quote'; readonly runs: readonly ShownRun[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'fields';
      readonly fields: readonly { readonly name: string; readonly value: readonly ShownRun[] }[];
    }
  | { readonly kind: 'image'; readonly alt: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string | null }
  | { readonly kind: 'rule' };

/** About how a message looks where it is read: its parts in order, as that place shows them. */
export interface ShownMessage {
  /** Who seems to say it there: `Tidings`. Null: the place names nobody. */
  readonly author: string | null;
  /** What a phone's notification, or a subject line, says. Null: nothing of its own. */
  readonly brief: string | null;
  /** `#rrggbb`, of a bar beside it. Null: none. */
  readonly color: string | null;
  readonly blocks: readonly ShownBlock[];
}
