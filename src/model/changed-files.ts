export type FilesAnswer =
  | { readonly ok: true; readonly paths: readonly string[] }
  /** `mayPass`: asking again later may help. */
  | { readonly ok: false; readonly reason: string; readonly mayPass: boolean };

/** Which files a pull request changes, asked of the provider. Resolves within seconds, and never rejects. */
export type ChangedFiles = (
  question: { readonly repo: string; readonly pullRequest: number },
  signal: AbortSignal,
) => Promise<FilesAnswer>;
