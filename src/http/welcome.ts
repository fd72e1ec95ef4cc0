export interface WelcomeDeps {
  readonly version: string;
  readonly sources: readonly string[];
  readonly publicUrl: string | null;
}

/** The front page, as plain text: what this is, where webhooks go, where to look next. */
export function welcome({ version, sources, publicUrl }: WelcomeDeps, origin: string): string {
  const base = publicUrl ?? origin;
  const webhooks = sources.map((source) => `  POST ${base}/webhooks/${source}`);
  return `Tidings ${version}: webhooks are verified, stored, then told.

Webhooks are taken at
${webhooks.join('\n')}

To look around
  GET ${origin}/                      the dashboard, for a browser; \`dashboard\` on the command line opens it
  GET ${origin}/readyz                can it do its work now, and if not, why
  GET ${origin}/metrics               Prometheus
  GET ${origin}/api/v1/sources        for which sources webhooks are taken, and since when
  GET ${origin}/api/v1/events         what arrived, newest first (?state= &type= &repo= &since= &limit=)
  GET ${origin}/api/v1/events/ID      one event: body, decision, notifications, attempts
  GET ${origin}/api/v1/openapi.json   all there is, described
`;
}
