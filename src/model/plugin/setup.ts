/**
 * How a person makes what calls here. What `tidings connect` says is made from it, and "What to click" on the provider's page.
 * Texts are Markdown, in which `{url}` stands for what is to be called, and `{variable}` for what holds the secret here.
 */
export interface Setup {
  /** Who sends, where that is not the provider itself: `any other sender`. */
  readonly who?: string;
  /** Where it is made, to be opened. Null: everybody has a place of their own. */
  readonly page: string | null;
  /** What to click there, in order. */
  readonly steps: readonly string[];
  /** What the secret is called there: `signing secret`. */
  readonly secret: string;
  /** What makes it send the first time. */
  readonly first: string;
}
