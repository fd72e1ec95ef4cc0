/** One bot, as the workspace knows it. */
export interface App {
  readonly id: string;
  readonly token: string;
  /** `xapp-…`, for Socket Mode. */
  readonly appToken: string;
  readonly appScopes: readonly string[];
  readonly scopes: readonly string[];
  readonly user: string;
  readonly userId: string;
  readonly botId: string;
  /** People may write to it. */
  readonly hasMessagesTab: boolean;
  readonly hasHomeTab: boolean;
}
