/** What may be pressed on messages of ours: ids of actions begin so. No button of another tool is taken for one. */
export const ACTION_PREFIX = 'tidings_';

/** The menu on a message. */
export const MENU = `${ACTION_PREFIX}menu`;
/** Buttons on answers and in the Home: the value is a thread, and whose mute ends is decided anew at the click. */
export const UNMUTE_HERE = `${ACTION_PREFIX}unmute_here`;
export const UNMUTE_ME = `${ACTION_PREFIX}unmute_me`;

/** why: what was told, and by which rule; thread: mute it where it was told; me: mute it for whoever presses. */
export const CHOICES = ['why', 'thread', 'me'] as const;
export type Choice = (typeof CHOICES)[number];
