/** Control and direction characters, and halves of others. */
export function hiddenIn(text: string): readonly string[] {
  return /(?![\n\t])\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed() ? ['a hidden character'] : [];
}

/** Hosts whose pages may be called anything. */
export const NOBODYS = /^$/;

/** A link that names one host and opens another; '' is none. `home`: a provider's hosts, whose pages people name as they like. */
export function disguisedIn(shown: string, url: string, home = NOBODYS): readonly string[] {
  const host = URL.parse(url)?.hostname;
  if (host === undefined || home.test(host) || !/https?:\/\/|good\.test/.test(shown) || shown.includes(host)) return [];
  return [`${shown} leads to ${url}`];
}
