import { z } from 'zod';
import { type Answer, type Asked, type ServiceDouble, startServiceDouble } from './service-double.ts';

const SIG = 'aSignatureOfNobody-1234567890abcdefghij';
const PATH = '/powerautomate/automations/direct/workflows/0f1e2d3c4b5a/triggers/manual/paths/invoke';

const openUrl = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  url: z.url({ protocol: /^https?$/ }),
  title: z.string().min(1).optional(),
});
const textRun = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  weight: z.literal('Bolder').optional(),
  size: z.literal('Small').optional(),
  isSubtle: z.boolean().optional(),
  italic: z.boolean().optional(),
  strikethrough: z.boolean().optional(),
  fontType: z.literal('Monospace').optional(),
  selectAction: openUrl.optional(),
});
const richTextBlock = z.strictObject({
  type: z.literal('RichTextBlock'),
  inlines: z.array(textRun).min(1),
  spacing: z.enum(['None', 'Small', 'Medium']).optional(),
});
const textBlock = z.strictObject({
  type: z.literal('TextBlock'),
  text: z.string().min(1),
  wrap: z.boolean().optional(),
});
const container = z.strictObject({
  type: z.literal('Container'),
  style: z.literal('emphasis').optional(),
  items: z.array(richTextBlock).min(1),
});
const entity = z.strictObject({
  type: z.literal('mention'),
  text: z.string().regex(/^<at>[^<>]+<\/at>$/),
  mentioned: z.strictObject({ id: z.string().min(1), name: z.string().min(1) }),
});

/** https://adaptivecards.io/explorer/AdaptiveCard.html: what it does not know it does not show. */
const card = z.strictObject({
  type: z.literal('AdaptiveCard'),
  $schema: z.string(),
  version: z.enum(['1.2', '1.3', '1.4', '1.5']),
  body: z.array(z.discriminatedUnion('type', [richTextBlock, textBlock, container])).min(1),
  actions: z.array(openUrl).max(6).optional(),
  msteams: z.strictObject({ width: z.literal('Full'), entities: z.array(entity).optional() }).optional(),
});
const message = z.strictObject({
  type: z.literal('message'),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal('application/vnd.microsoft.card.adaptive'),
      contentUrl: z.null(),
      content: card,
    }),
  ]),
});

export type TeamsCard = z.infer<typeof card>;

export interface TeamsDouble extends ServiceDouble {
  readonly webhookUrl: string;
  /** What of the address is secret. */
  readonly sig: string;
  /** Those that are shown. */
  readonly cards: readonly TeamsCard[];
  /** Why others were accepted and are not shown. */
  readonly dropped: readonly string[];
}

/**
 * A workflow of Power Automate that posts to a channel of Teams: whatever it is sent it accepts, and shows what is a card of at most
 * 28 KB, all of whose mentions have their entity.
 */
export async function startTeamsDouble(): Promise<TeamsDouble> {
  const cards: TeamsCard[] = [];
  const dropped: string[] = [];

  function answer({ method, url, headers, json }: Asked): Answer {
    if (method !== 'POST' || headers['content-type'] !== 'application/json')
      dropped.push(`${method} ${headers['content-type']}`);
    if (url.pathname !== PATH) return no(404, 'WorkflowNotFound');
    if (url.searchParams.get('sig') !== SIG) return no(401, 'DirectApiAuthorizationRequired');
    const parsed = message.safeParse(json);
    const why = parsed.success
      ? faultOf(parsed.data.attachments[0].content, json)
      : JSON.stringify(parsed.error.issues[0]);
    if (why !== undefined) dropped.push(why);
    else if (parsed.success) cards.push(parsed.data.attachments[0].content);
    return { status: 202, body: '' };
  }

  const service = await startServiceDouble({ answer, isPost: () => true, violations: dropped });
  return {
    ...service,
    webhookUrl: `${service.origin}${PATH}?api-version=1&sp=%2Ftriggers&sv=1.0&sig=${SIG}`,
    sig: SIG,
    cards,
    dropped,
  };
}

function faultOf({ body, msteams }: TeamsCard, json: unknown): string | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(json));
  if (bytes > 28 * 1024) return `${bytes} bytes`;
  if (!JSON.stringify(json).isWellFormed()) return 'half a character';
  const known = (msteams?.entities ?? []).map(({ text }) => text);
  const texts = body.flatMap((each) => (each.type === 'TextBlock' ? [each.text] : []));
  const unknown = texts.flatMap((text) => text.match(/<at>.*?<\/at>/g) ?? []).find((tag) => !known.includes(tag));
  return unknown === undefined ? undefined : `${unknown} has no entity`;
}

function no(status: number, code: string): Answer {
  return { status, body: { error: { code, message: 'The request is refused.' } } };
}
