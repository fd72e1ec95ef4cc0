/** A value as messages may show it: one that came out of a variable is called by the variable's name. */
export function shown(text: string, variable: string | undefined): string {
  return variable === undefined ? `"${text}"` : `the value of \${${variable}}`;
}
