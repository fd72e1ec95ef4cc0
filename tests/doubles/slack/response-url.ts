import { type Call, isTrue, type Said, structured } from './call.ts';
import { contentOf, ephemeral } from './chat.ts';
import type { Workspace } from './workspace.ts';

/**
 * What a `response_url` does with a body: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses. Five times
 * within 30 minutes, and the app need not be in the channel. It is the only way to change what one person alone sees.
 */
export function respond(workspace: Workspace, path: string, body: string, at: number): Said {
  const args = structured(body);
  if (typeof args !== 'object' || args === null) return { ok: false, status: 400, error: 'invalid_payload' };
  const place = workspace.takeResponse(path, at);
  if ('error' in place) return { ok: false, status: 404, error: place.error };
  const { response_type, replace_original, delete_original, thread_ts, ...content } = args as Call['args'];
  const { app, message, channel, user } = place;
  if (isTrue(delete_original)) {
    if (message === null) return { ok: false, error: 'invalid_arguments' };
    workspace.messages.remove(message);
    return { ok: true };
  }
  const blocks = structured(content['blocks']);
  const checked = contentOf({ ...content, ...(blocks !== undefined && { blocks }) });
  if ('ok' in checked) return { ...checked, status: 400 };
  if (isTrue(replace_original) && message !== null) {
    message.text = checked.text ?? '';
    message.blocks = checked.blocks;
    return { ok: true };
  }
  if (response_type === 'in_channel') {
    const { userId, botId, id } = app;
    const threadTs = typeof thread_ts === 'string' ? thread_ts : null;
    const said = { text: checked.text ?? '', blocks: checked.blocks, metadata: null, isBroadcast: false };
    workspace.messages.add({ channel, at, user: userId, botId, appId: id, threadTs, ...said });
  } else {
    const ts = workspace.messages.nextTs(at);
    workspace.ephemerals.push(ephemeral(ts, at, app, user, channel, thread_ts, checked));
  }
  return { ok: true };
}
