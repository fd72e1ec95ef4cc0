/** Which of an app's two addresses a source is: they greet, and are answered, differently. */
export const ENDPOINTS = ['interactions', 'webhook-events'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** What people, channels and products are called, by Discord's ids. */
export type Names = ReadonlyMap<string, string>;
