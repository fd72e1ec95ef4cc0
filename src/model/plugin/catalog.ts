import type { Channel } from './channel.ts';
import type { Provider } from './provider.ts';

/** The table, as whoever is given it sees it. A row is loaded when somebody asks for it, and only once. */
export interface Catalog {
  readonly providers: Readonly<Record<string, () => Promise<{ readonly provider: Provider<unknown> }>>>;
  readonly channels: Readonly<Record<string, () => Promise<{ readonly channel: Channel<unknown> }>>>;
  /** What there is where nobody names any: the one source, and the destination while no variable makes another. */
  readonly byDefault: { readonly provider: string; readonly channel: string };
  /** What a first screen offers to connect. */
  readonly proposed: { readonly channel: string; readonly title: string };
}
