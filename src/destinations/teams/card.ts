/** What we use of an Adaptive Card: https://adaptivecards.io/explorer/AdaptiveCard.html */
export interface Card {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.4';
  readonly body: readonly Element[];
  readonly actions?: readonly OpenUrl[];
  readonly msteams: { readonly width: 'Full'; readonly entities?: readonly Entity[] };
}

export type Element = RichTextBlock | MentionBlock | Container;

/** No Markdown is read here: the place for what people wrote. */
export interface RichTextBlock {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
  readonly spacing?: 'Small' | 'None' | 'Medium';
}

export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly isSubtle?: true;
  readonly size?: 'Small';
  readonly italic?: true;
  readonly strikethrough?: true;
  readonly fontType?: 'Monospace';
  readonly selectAction?: OpenUrl;
}

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly url: string;
  readonly title?: string;
}

/** Markdown is read here. It holds mentions and nothing else. */
export interface MentionBlock {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
}

export interface Container {
  readonly type: 'Container';
  readonly style: 'emphasis';
  readonly items: readonly RichTextBlock[];
}

/** Calls somebody where `text` stands in a TextBlock. */
export interface Entity {
  readonly type: 'mention';
  readonly text: string;
  readonly mentioned: { readonly id: string; readonly name: string };
}

export interface TeamsMessage {
  readonly type: 'message';
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly contentUrl: null;
      readonly content: Card;
    },
  ];
}

/** Bytes of a whole message; a larger one is accepted and not shown: https://learn.microsoft.com/microsoftteams/limits-specifications-teams */
export const LIMIT = 27_000;

export function messageOf(
  card: Pick<Card, 'body' | 'actions'> & { readonly entities?: readonly Entity[] },
): TeamsMessage {
  const { body, actions = [], entities = [] } = card;
  const content: Card = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    body,
    ...(actions.length > 0 && { actions }),
    msteams: { width: 'Full', ...(entities.length > 0 && { entities }) },
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}
