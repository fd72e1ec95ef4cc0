/** Header names are lower case; a header that was sent twice arrives joined by `, ` and so never verifies. */
export type Headers = Readonly<Record<string, string | undefined>>;
