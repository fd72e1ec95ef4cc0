import type { Checked } from '../../repeats.ts';
import { PAIRS, tokensOf } from '../../search/tokens.ts';
import { wordsAbout } from '../../search/words-about.ts';
import type { Database } from '../database.ts';
import type { SearchWriter } from '../search/write.ts';

const DECIDE = `
  UPDATE events SET state = ?, reason = ?, action = ?, repo = ?, actor = ?, about = ?, trace = ?, body_digest = ?, expanded_at = ?, suspect_of = ?
  WHERE id = ?`;

const TELL = `
  INSERT INTO notifications (event_id, destination, rule, activity, dedup_key, is_replay, echo_key, not_before, origin)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Writes the decision about one event, what is to be told, and by what it is found. */
export function decisionWriter(db: Database, search: SearchWriter): (checked: Checked, now: number) => void {
  const decide = db.prepare(DECIDE);
  const tell = db.prepare(TELL);

  return ({ event, expansion, suspectOf, notifications }, now) => {
    const { state, reason, action, repo, trace, bodyDigest, searched } = expansion;
    const { actor, about } = wordsAbout(searched);
    const json = trace && JSON.stringify(trace);
    decide.run(state, reason, action, repo, actor, about, json, bodyDigest, now, suspectOf, event.id);
    for (const { destination, rule, dedupKey, isReplay, echoKey, notBefore, content } of notifications) {
      const until = notBefore === null ? null : Math.ceil(notBefore);
      tell.run(event.id, destination, rule, content, dedupKey, isReplay ? 1 : 0, echoKey, until, event.origin);
    }
    search.put(event.id, tokensOf({ ...event, state, action, repo }, searched, PAIRS));
  };
}
