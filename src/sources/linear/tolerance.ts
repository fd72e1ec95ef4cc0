/** What Linear recommends. https://linear.app/developers/webhooks#securing-webhooks */
export const TOLERANCE_SECONDS = 60;
