/** What is wrong with an address by http:// at one of these hosts, as a predicate: there it opens something for whoever reads it on the way. */
export function clearTextProblem({ protocol, hostname }: URL, hosts: RegExp): string | undefined {
  if (protocol !== 'http:' || !hosts.test(hostname)) return undefined;
  return 'begins with http://, so that whoever is on the way can read it: write https://.';
}
