/** Issues of a request that are told; past these it is hopeless, and telling more only costs. */
export const MAX_ISSUES = 20;

/** The beginning of a text that a client made up or graphql-js quotes from one; `most` is in UTF-16 units. */
export const cut = (text: string, most: number): string =>
  (text.length > most ? `${text.slice(0, most - 1)}…` : text).toWellFormed();
