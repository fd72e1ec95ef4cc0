/** Where people look at GitHub: `github.com` for api.github.com; `octo.ghe.com` for api.octo.ghe.com; an Enterprise Server's own host. */
export function githubHost(apiUrl: string): string {
  return new URL(apiUrl).host.replace(/^api\.(?=github\.com$|.*\.ghe\.com$)/, '');
}
