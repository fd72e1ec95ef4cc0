const BYTES_AT_ONCE = 4 * 1024 * 1024;

/** As many rows as have about 4 MiB of headers and bodies, and one at least; the rest is left for the next question. */
export function withinBytes<Row extends { readonly headersSize: number; readonly bodySize: number }>(
  rows: readonly Row[],
): readonly Row[] {
  let bytes = 0;
  const end = rows.findIndex(({ headersSize, bodySize }, index) => {
    bytes += headersSize + bodySize;
    return index > 0 && bytes > BYTES_AT_ONCE;
  });
  return end < 0 ? rows : rows.slice(0, end);
}
