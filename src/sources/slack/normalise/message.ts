import { list, read, textOrNull } from '../../../shared/payload.ts';
import type { Skip } from '../../../telling/told.ts';
import { cut, oneLine } from '../../../text/plain.ts';
import { capitalised, enumerated, spaced } from '../../../text/words.ts';
import { markdown, plainText } from '../mrkdwn.ts';
import { firstOf, type SlackEvent } from './event.ts';
import type { SlackTold } from './telling.ts';
import type { Words } from './words.ts';

/** In one line; what is longer is an excerpt. */
const TITLE_LIMIT = 140;
const EXCERPT_LIMIT = 3_000;

/** What Slack itself writes into a channel about people and its settings. */
const NOTICES: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['assistant_app_thread', ['Assistant conversation started', 'started an assistant conversation']],
  ['bot_add', ['Integration added', 'added an integration']],
  ['bot_remove', ['Integration removed', 'removed an integration']],
  ['channel_archive', ['Channel archived', 'archived {repo}']],
  ['channel_convert_to_private', ['Channel made private', 'made {repo} private']],
  ['channel_convert_to_public', ['Channel made public', 'made {repo} public']],
  ['channel_join', ['Somebody joined a channel', 'joined {repo}']],
  ['channel_leave', ['Somebody left a channel', 'left {repo}']],
  ['channel_name', ['Channel renamed', 'renamed a channel']],
  ['channel_posting_permissions', ['Posting permissions changed', 'changed who may post']],
  ['channel_purpose', ['Channel description changed', 'changed the description']],
  ['channel_topic', ['Channel topic changed', 'changed the topic']],
  ['channel_unarchive', ['Channel unarchived', 'unarchived {repo}']],
  ['ekm_access_denied', ['Access to encrypted messages denied']],
  ['huddle_thread', ['Huddle started', 'started a huddle']],
  ['pinned_item', ['Message pinned', 'pinned a message']],
  ['reminder_add', ['Reminder set', 'set a reminder']],
  ['sh_room_created', ['Huddle started', 'started a huddle']],
  ['tombstone', ['Message deleted']],
  ['unpinned_item', ['Message unpinned', 'unpinned a message']],
]);

/** What a person wrote, in any of its forms. */
export function message(event: SlackEvent): SlackTold | Skip {
  const { action } = event;
  if (isByApp(event)) return { skip: 'an app posted it: what an app hears of itself it would say again' };
  if (action === 'message_changed') return changed(event);
  if (action === 'message_deleted') return notice(event, ['Message deleted'], '');
  if (action === 'message_replied') return { skip: 'message.message_replied: the reply itself comes as a message' };
  const notices = NOTICES.get((action ?? '').replace(/^group_/, 'channel_'));
  if (notices !== undefined) return notice(event, notices, noticeOf(event));
  return WRITTEN.has(action ?? '')
    ? written(event)
    : notice(event, [named(action ?? '')], wordsOf(event, event.event).title);
}

/** Whoever is written to comes first, as an id that says nothing. */
const APP = /^\s*<@\w+(?:\|[^<>]*)?>[\s,:]*/;

/** Somebody writes to the app: `@deploybot ship it`. Comes beside the message, where the app hears both. */
export function appMention(event: SlackEvent): SlackTold | Skip {
  if (isByApp(event)) return { skip: 'an app posted it: what an app hears of itself it would say again' };
  const text = textOrNull(event.event, 'text') ?? '';
  const said = wordsOf(event, { ...event.event, text: text.replace(APP, '') || text });
  return { ...written(event), ...said, headline: 'App mentioned', did: 'mentioned the app in {it}', tone: 'waiting' };
}

/** Messages by a person, and how a card calls them. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['', 'New message'],
  ['file_share', 'File shared'],
  ['me_message', 'New message'],
  ['reply_broadcast', 'Reply sent to the channel'],
  ['thread_broadcast', 'Reply sent to the channel'],
]);

/** Tidings posts by an app too: its message, or its edit of one, would come back to it for ever. */
function isByApp({ event, action }: SlackEvent): boolean {
  const inner = [event, read(event, 'message'), read(event, 'previous_message')];
  const marks = ['bot_id', 'app_id', 'bot_profile.id'];
  return (
    action === 'bot_message' ||
    inner.some((one) => firstOf(one, marks) !== null || textOrNull(one, 'subtype') === 'bot_message')
  );
}

function written(event: SlackEvent): SlackTold {
  const { event: at, action } = event;
  const isReply = textOrNull(at, 'thread_ts') !== null && textOrNull(at, 'thread_ts') !== textOrNull(at, 'ts');
  const isDirect = textOrNull(at, 'channel_type') === 'im';
  const headline = WRITTEN.get(action ?? '') ?? 'New message';
  const files = filesOf(at);
  const said = wordsOf(event, at);
  return {
    headline:
      headline !== 'New message' ? headline : isDirect ? 'Direct message' : isReply ? 'Reply in a thread' : headline,
    did: isReply ? 'replied in {it}' : 'posted {it}',
    noun: isReply ? 'thread' : 'message',
    ...said,
    title: said.title === '' ? (enumerated(files) ?? '') : said.title,
    by: by(at),
    facts: said.title === '' ? [] : [enumerated(files)],
    thread: textOrNull(at, 'thread_ts') ?? textOrNull(at, 'ts'),
  };
}

/** Slack also changes messages by itself, to show what a link leads to. */
function changed(event: SlackEvent): SlackTold | Skip {
  const { event: at } = event;
  const [now, before] = [read(at, 'message'), read(at, 'previous_message')];
  if (before !== undefined && textOrNull(now, 'text') === textOrNull(before, 'text')) {
    return { skip: 'message.message_changed: its words are as they were' };
  }
  return {
    headline: 'Message edited',
    did: 'edited {it}',
    noun: 'message',
    ...wordsOf(event, now),
    by: textOrNull(now, 'edited.user') ?? by(now),
    thread: textOrNull(now, 'thread_ts') ?? textOrNull(now, 'ts'),
  };
}

function notice(event: SlackEvent, [headline, did]: Words, title: string): SlackTold {
  return {
    headline,
    did: did ?? null,
    tone: 'neutral',
    noun: 'message',
    title,
    by: by(event.event),
    thread: textOrNull(event.event, 'thread_ts'),
  };
}

function noticeOf({ event, names }: SlackEvent): string {
  const [old, now] = [textOrNull(event, 'old_name'), textOrNull(event, 'name')];
  if (now !== null) return old === null ? `#${now}` : `#${old} → #${now}`;
  const text = firstOf(event, ['topic', 'purpose']);
  return text === null ? '' : plainText(text, names);
}

/** A subtype that Slack invents later: `moon_phase` → `Moon phase`. */
function named(action: string): string {
  return capitalised(spaced(action)) || 'New message';
}

/** Its first line as the title, and all of it as the excerpt where there is more. */
export function wordsOf({ names }: SlackEvent, at: unknown): Pick<SlackTold, 'title' | 'excerpt'> {
  const mrkdwn = textOrNull(at, 'text') ?? attachmentText(at);
  const plain = plainText(mrkdwn, names).trim();
  const line = oneLine(plain.split('\n', 1)[0] ?? '');
  const title = cut(line, TITLE_LIMIT);
  const isWhole = title === oneLine(plain);
  return { title, excerpt: isWhole ? null : cut(markdown(mrkdwn, names).trim(), EXCERPT_LIMIT) || null };
}

function attachmentText(at: unknown): string {
  const [first] = list(at, 'attachments');
  return firstOf(first, ['title', 'text', 'fallback']) ?? '';
}

function filesOf(at: unknown): readonly string[] {
  return list(at, 'files')
    .map((file) => firstOf(file, ['title', 'name']))
    .filter((name) => name !== null);
}

/** Some messages hold a short profile beside the id. */
function by(at: unknown): unknown {
  const profile = read(at, 'user_profile');
  return profile === undefined || profile === null ? read(at, 'user') : { ...Object(profile), id: read(at, 'user') };
}
