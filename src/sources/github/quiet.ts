/**
 * Told only where a rule names the action: `pull_request: [synchronize]`. They come many times a day, or say little to
 * somebody who waits for news. `<event>.<action>`, or the event alone where it has no actions → the reason, for docs/catalog.md.
 */
export const MINOR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{},
  } satisfies Record<string, string>),
);

/**
 * Never told, whatever the rules say: GitHub sends another event for the same happening, and that one is told.
 * `<event>.<action>` → the reason.
 */
export const ECHOES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'watch.started': 'GitHub sends star.created for the same star',
    'release.created': 'the published event of the same release tells it',
    'release.released': 'the published event of the same release tells it',
    'release.prereleased': 'the published event of the same release tells it',
  } satisfies Record<string, string>),
);
