const SEVERAL = /^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?)([^/?#@]*,[^/?#@]*)((?:[/?#].*)?)$/is;

/**
 * `scheme://user:password@a:1,b:2/rest`, which libpq takes and no URL allows, as one URL for each host, in their order. Any
 * other text is itself.
 */
export function oneForEachHost(text: string): readonly string[] {
  const [, start = '', hosts, rest = ''] = SEVERAL.exec(text) ?? [];
  return hosts === undefined ? [text] : hosts.split(',').map((host) => `${start}${host}${rest}`);
}
