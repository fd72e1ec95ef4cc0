/** Something that a person did or asked, from wherever: a chat, the command line, the API. Texts are cut to their lengths, raw. */
export interface Audited {
  /** ms since 1970 */
  readonly at: number;
  /** `mona (Slack U012AB3CD)`, at most 200 characters. */
  readonly who: string;
  /** `Slack, #releases`, `command line on build-1`, at most 200 characters. */
  readonly from: string;
  /** `mute`, `unmute`, `asked why`, `refused`, at most 100 characters. */
  readonly what: string;
  /** `acme/api#12 for team`, `event 42`, at most 500 characters. Null: nothing single. */
  readonly about: string | null;
  /** `until 2026-12-01T09:00:00.000Z`, `not in team ops`, at most 500 characters. */
  readonly outcome: string;
}

/** Who did what. Beside it `forget` keeps a list of its own, which never goes: see `Forgetting.audit`. */
export interface Audits {
  /** Resolves after the commit. */
  noteAudited(audited: Audited): Promise<void>;
  /** Those since a time (ms since 1970), newest first. Reads only. */
  audited(since: number, limit: number): Promise<readonly Audited[]>;
}

const LENGTHS = { who: 200, from: 200, what: 100, outcome: 500 } as const;
const LONGEST_ABOUT = 500;

/** As it is kept. */
export function withinLengths({ at, who, from, what, about, outcome }: Audited): Audited {
  return {
    at,
    who: cut(who, LENGTHS.who),
    from: cut(from, LENGTHS.from),
    what: cut(what, LENGTHS.what),
    about: about === null ? null : cut(about, LONGEST_ABOUT),
    outcome: cut(outcome, LENGTHS.outcome),
  };
}

/** Neither engine is given half a character. */
function cut(text: string, max: number): string {
  const short = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  return short.toWellFormed();
}
