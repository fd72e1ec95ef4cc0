import type { Colors } from '../../model/plugin/talk.ts';

const same = (text: string) => text;

/** For whoever reads it elsewhere than in a terminal. */
export const PLAIN: Colors = { bold: same, dim: same, green: same, red: same, yellow: same, cyan: same };
