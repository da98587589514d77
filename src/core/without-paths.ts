/** Keeps from people where things are on the server's disk. Pure. */

/** As Node writes a path in the message of an error: in quotes, with whatever is in it. */
const QUOTED = /(['"`])(?:file:\/\/)?~?\/(?:(?!\1)[^\n])*\1/g;
/** At least one folder, blanks in its name included, and a name; no part of an address, of a relative path or of a word. */
const BARE =
  /(?<![\w/.:\]-])(?:file:\/\/)?~?\/(?:[^\s/'"`<>|:;,()[\]{}](?:[^\n/'"`<>|:;,()[\]{}]*[^\s/'"`<>|:;,()[\]{}])?\/)+[^\s/'"`<>|:;,()[\]{}]*/g;

/** A text in which absolute paths are no more than the name of the file: `open 'film.mp4'`. */
export const withoutPaths = (text: string): string =>
  text
    .replaceAll(QUOTED, (path, quote: string) => `${quote}${nameIn(path.slice(1, -1))}${quote}`)
    .replaceAll(BARE, nameIn);

const nameIn = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';
