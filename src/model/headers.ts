/** Header names are lower case. Of one that was sent twice the values are joined by `, `, or the first alone is there: see `onceHeaders`. */
export type Headers = Readonly<Record<string, string | undefined>>;
