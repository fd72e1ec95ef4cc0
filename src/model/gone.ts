/** Why an event can be explained, and not decided again or shown whole. */
export const BODY_IS_GONE = 'its headers and body are gone: `retention:` says how long they are kept';
