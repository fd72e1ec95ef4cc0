import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { isPage, objectIn } from '../answer-text.ts';
import { judgeCommon, saidIn } from '../judge.ts';

const NEW_WORKFLOW =
  'make a new one (the channel → … → Workflows → "Send webhook alerts to a channel" → Copy webhook link) and update webhook_url';

/** Of a workflow, by the code in its error: https://learn.microsoft.com/azure/logic-apps/error-codes */
const BROKEN: Readonly<Record<string, string>> = {
  WorkflowTriggerIsNotEnabled:
    'the workflow is switched off: turn it on at make.powerautomate.com, then `tidings resume`',
  WorkflowNotFound: `the workflow was deleted: ${NEW_WORKFLOW}`,
  DirectApiAuthorizationRequired: 'the workflow wants a sign-in: set who can trigger it to Anyone, in its first step',
};

/** What the workflow's answer means; `now`: ms since 1970. A yes says that the workflow was started, and no more. */
export function judgeAnswer(result: OutboundResult, now: number): Outcome {
  const common = judgeCommon(result, { title: 'Power Automate', key: 'webhook_url', now });
  if (common !== null || result.kind !== 'answered') {
    return common ?? { kind: 'retry', reason: 'Power Automate did not answer' };
  }
  const { status, text } = result;
  if (status < 300 && isPage(text)) {
    return { kind: 'retry', reason: `no answer of Power Automate's (${saidIn(result)}); check webhook_url` };
  }
  if (status < 300) {
    return {
      kind: 'sent',
      answer: `${status} accepted by Power Automate; whether Teams shows it stands in the workflow’s run history`,
    };
  }
  const { code, message } = errorIn(text);
  const said = saidIn(result, [code, message].filter(Boolean).join(' ') || undefined);
  const known = BROKEN[code];
  if (known !== undefined) return { kind: 'broken', reason: `${known} (${said})` };
  if (status === 401 || status === 403) {
    const open = 'copy webhook_url again; and set who can trigger the workflow to Anyone, in its first step';
    return { kind: 'broken', reason: `the workflow lets nobody in with this address (${said}): ${open}` };
  }
  if (status === 404 || status === 410)
    return { kind: 'broken', reason: `the workflow was deleted (${said}): ${NEW_WORKFLOW}` };
  return {
    kind: 'rejected',
    reason: `the workflow refused the message (${said}); please report it with \`tidings events show\``,
  };
}

/** `{ "error": { "code": …, "message": … } }` */
function errorIn(text: string): { readonly code: string; readonly message: string } {
  const error = objectIn(text)?.['error'];
  const fields: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? { ...error } : {};
  const { code, message } = fields;
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
}
