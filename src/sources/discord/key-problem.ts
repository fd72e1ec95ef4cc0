/** Before the private key of a pair of one's own, to try with samples. */
export const OWN = 'private:';

const HEX = /^[0-9a-f]{64}$/i;

/** Both forms of a key, or what is wrong, as a predicate. */
export function keyProblem(text: string): string | undefined {
  const key = text.startsWith(OWN) ? text.slice(OWN.length) : text;
  if (HEX.test(key)) return undefined;
  return text.startsWith(OWN)
    ? `is no private key: ${OWN} is followed by 64 hex digits.`
    : 'is no public key: it has 64 hex digits, and stands under General Information (not the token of the bot, nor the client secret).';
}
