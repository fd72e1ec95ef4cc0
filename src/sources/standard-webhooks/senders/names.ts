/** Of whom we know what they say; everybody else is told by general words. */
export const SENDER_NAMES = ['anthropic', 'clerk', 'openai', 'resend', 'svix'] as const;
export type SenderName = (typeof SENDER_NAMES)[number];
