import { UNTOLD_LOOKED_AT, type Untold, type UntoldFate } from '../model/fate.ts';

/** What nobody got, for a person: one sentence without its stop, and the command that sends it again. */
export interface UntoldNews {
  readonly fate: UntoldFate;
  readonly news: string;
  readonly command: string;
}

/** Given up first. Empty: everybody got everything, as far as is known. */
export function untoldNews(untold: readonly Untold[], invocation: string): readonly UntoldNews[] {
  return (['dead', 'unknown'] as const).flatMap((fate) => {
    const some = untold.filter((each) => each.fate === fate);
    if (some.length === 0) return [];
    return [{ fate, news: sentence(fate, some), command: `${invocation} replay --state ${fate}` }];
  });
}

function sentence(fate: UntoldFate, untold: readonly Untold[]): string {
  const count = untold.reduce((sum, each) => sum + each.count, 0);
  const where = untold.map((each) => `${each.count} to ${each.destination}`).join(', ');
  const many = `${count.toLocaleString('en-US')}${count < UNTOLD_LOOKED_AT ? '' : ' or more'}`;
  const [messages, were] = count === 1 ? ['message', 'was'] : ['messages', 'were'];
  switch (fate) {
    case 'dead':
      return `${many} ${messages} ${were} given up: ${where}`;
    case 'unknown':
      return `${many} ${messages} may not have arrived, the answer was lost: ${where}`;
  }
}
