/** GitHub's payloads nest about ten levels. What goes through values by recursion ends at a few thousand. */
const MOST_LEVELS = 200;

/** Whether parsed JSON nests deeper than any real payload: `JSON.parse` takes any depth, `JSON.stringify` throws at some. */
export function isNestedTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isNestedTooDeep(each, levels - 1));
}

/** Whether the text of some JSON could nest so deep: an ordinary payload has fewer brackets in all, which is soon counted. */
export function mayNestTooDeep(json: string): boolean {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1)) {
      if (++count > MOST_LEVELS) return true;
    }
  }
  return false;
}
