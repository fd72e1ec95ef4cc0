/** Where one goes: `tidings.>` → `tidings.github.issues.opened`. Without `>` all go to the same. */
export function subjectOf(subject: string, source: string, kind: string): string {
  if (!subject.endsWith('>')) return subject;
  const tokens = [source, ...kind.split('.')].map(token).filter((each) => each !== '');
  return subject.slice(0, -1) + tokens.join('.').slice(0, 255).replace(/\.$/, '');
}

/** Nothing that a subscription takes for a pattern, and no blank, which would end the subject. */
function token(text: string): string {
  return text.replaceAll(/[^\w-]/g, '_');
}

/** Whether a stream of that subject takes all that goes to `wanted`, which may end in `>`. */
export function takesAll(subject: string, wanted: string): boolean {
  const [theirs, ours] = [subject.split('.'), wanted.split('.')];
  for (const [n, their] of theirs.entries()) {
    const our = ours[n];
    if (our === undefined) return false;
    if (their === '>') return true;
    if (our === '>' || (their !== '*' && their !== our)) return false;
  }
  return theirs.length === ours.length;
}
