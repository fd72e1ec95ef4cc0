/** What the door itself has to show to a browser. Addresses are complete paths, the prefix included. */
export type DoorPage =
  /** The form. `problem`: what was wrong with the last one. */
  | { readonly kind: 'login'; readonly base: string; readonly next: string; readonly problem: string | null }
  /** Somebody opened the address that `tidings dashboard` printed: they have to say so, since a preview opens it too. */
  | { readonly kind: 'code'; readonly base: string; readonly next: string; readonly code: string }
  /** A link from elsewhere was followed, for which the browser kept the cookie back: it asks again, now from our own page. */
  | { readonly kind: 'again'; readonly base: string; readonly to: string }
  /** Something is refused, or away. `to`: where to go on. */
  | {
      readonly kind: 'refused';
      readonly base: string;
      readonly title: string;
      readonly words: string;
      readonly to: string;
    };
