import type { PersonFound } from '../../../model/destination.ts';
import { textOrNull } from '../../../shared/payload.ts';
import { memberIn } from '../answers/gate.ts';
import { refusalWords } from '../bot-refusals.ts';
import { isMemberId } from '../shapes.ts';
import type { ApiAnswer } from '../web-api.ts';
import { type Bot, look, OwnTeam } from './look.ts';

/**
 * Who has an address in the token's own workspace: full members alone, as Slack says it in so many words.
 * https://docs.slack.dev/reference/methods/users.lookupByEmail
 */
export function personFinder(bot: Bot): (email: string, signal: AbortSignal) => Promise<PersonFound> {
  const ownTeam = new OwnTeam(bot);
  return async (email, signal) => {
    const team = await ownTeam.id({ signal });
    if (team === null) return { kind: 'failed', why: 'Slack does not say of which workspace the token is (auth.test)' };
    if (typeof team !== 'string') return failed(team);
    const answer = await look(bot, 'users.lookupByEmail', { email }, { signal });
    if (answer.kind !== 'ok') {
      const isNobody = answer.kind === 'refused' && answer.refusal.code === 'users_not_found';
      return isNobody ? { kind: 'nobody', why: 'no such address at Slack' } : failed(answer);
    }
    const { user } = answer.data;
    const id = textOrNull(user, 'id');
    if (id === null || !isMemberId(id)) return { kind: 'nobody', why: 'no such address at Slack' };
    const member = memberIn(user, id, team);
    return 'kind' in member ? { kind: 'nobody', why: `at Slack: ${member.why}` } : { kind: 'found', id };
  };
}

function failed(answer: Exclude<ApiAnswer, { kind: 'ok' }>): PersonFound {
  switch (answer.kind) {
    case 'refused':
      return { kind: 'failed', why: refusalWords(answer.refusal, { channel: '' }) };
    case 'later':
      return { kind: 'failed', why: answer.reason, retryAfterMs: answer.retryAfterMs };
    case 'unreachable':
    case 'lost':
      return { kind: 'failed', why: `Slack cannot be reached: ${answer.reason}` };
  }
}
