/** Control and direction characters, and halves of others. */
export function hiddenIn(text: string): readonly string[] {
  return /(?![\n\t])\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed() ? ['a hidden character'] : [];
}

/** A link that names one host and opens another; '' is none. */
export function disguisedIn(shown: string, url: string): readonly string[] {
  const host = URL.parse(url)?.hostname;
  if (host === undefined || !/https?:\/\/|good\.test/.test(shown) || shown.includes(host)) return [];
  return [`${shown} leads to ${url}`];
}
