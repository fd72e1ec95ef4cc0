import { summaryJson } from '../../../http/event-json.ts';
import type { UntoldFate } from '../../../model/fate.ts';
import type { Archive, ReplaySelection } from '../../../model/inbox/archive.ts';
import type { EventSummary } from '../../../model/inbox/records.ts';
import type { Context } from '../../context.ts';
import { type Column, oneLine, table } from '../../table.ts';
import { kindOf } from '../../words/event-words.ts';
import { outcomeWords } from '../../words/fate-words.ts';

interface Preview {
  readonly ids: readonly number[];
  readonly selection: ReplaySelection;
  readonly json: boolean;
}

const PAGE = 500;

/** What would be told again, and where; of an event that would be decided anew, what became of it so far. */
export async function preview(context: Context, archive: Archive, { ids, selection, json }: Preview): Promise<void> {
  const fate = untoldFate(selection);
  for (let from = 0; from < ids.length; from += PAGE) {
    const some = ids.slice(from, from + PAGE);
    const events = (await archive.list({ ids: some, limit: PAGE })).toReversed();
    if (json) for (const event of events) await context.printJson(previewJson(event, fate));
    else await context.print(...previewLines(events, fate, context));
  }
}

function previewJson(event: EventSummary, fate: UntoldFate | null): object {
  const { id, type, action, repo, state, fates } = summaryJson(event);
  const about = { id, dry_run: true, type, action, repo, state };
  if (fate === null) return { ...about, fates };
  const messages = event.fates
    .filter((each) => each.fate === fate)
    .map(({ destination, words, reason }) => ({ destination, words, reason }));
  return { ...about, messages };
}

const COLUMNS: readonly Column[] = [
  { title: 'ID', align: 'right' },
  { title: 'EVENT' },
  { title: 'REPO' },
  { title: 'WHAT', flexible: true },
];

function previewLines(events: readonly EventSummary[], fate: UntoldFate | null, context: Context): readonly string[] {
  const rows = events.map((event) => [
    String(event.id),
    kindOf(event),
    oneLine(event.repo ?? '-'),
    oneLine(fate === null ? `${event.state}: ${outcomeWords(event)}` : messageWords(event, fate)),
  ]);
  if (!context.io.stdout.isTTY) return rows.map((row) => row.join('\t'));
  const [titles = '', ...lines] = table(COLUMNS, rows, context.io.stdout.columns);
  return [context.out.dim(titles), ...lines];
}

/** `to team, audit: Pull request opened: #7 Retry uploads (404 channel_not_found)` */
function messageWords(event: EventSummary, fate: UntoldFate): string {
  const messages = event.fates.filter((each) => each.fate === fate);
  const reason = messages[0]?.reason ?? null;
  const why = reason === null ? '' : ` (${reason})`;
  return `to ${messages.map(({ destination }) => destination).join(', ')}: ${messages[0]?.words ?? ''}${why}`;
}

/** Null: whole events are selected. */
export function untoldFate(selection: ReplaySelection): UntoldFate | null {
  if (!('state' in selection)) return null;
  return selection.state === 'dead' || selection.state === 'unknown' ? selection.state : null;
}
