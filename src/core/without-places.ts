/** Keeps from people where things are on the server's disk and in its memory. Pure. */

/** As Node writes a path in the message of an error: in quotes, with whatever is in it. */
const QUOTED = /(['"`])(?:file:\/\/)?~?\/(?:(?!\1)[^\n])*\1/g;
/** At least one folder, blanks in its name included, and a name; no part of an address, of a relative path or of a word. */
const BARE =
  /(?<![\w/.:\]-])(?:file:\/\/)?~?\/(?:[^\s/'"`<>|:;,()[\]{}](?:[^\n/'"`<>|:;,()[\]{}]*[^\s/'"`<>|:;,()[\]{}])?\/)+[^\s/'"`<>|:;,()[\]{}]*/g;

/** Where people name folders themselves, with blanks in them. */
const HOME = /^(?:file:\/\/)?(?:~|\/(?:Users|home|Volumes|media|mnt)\/)/;
/** More folders, or a suffix, behind the last blank: `/srv/my films/x.mp4`, not `/v1/models and/or x`. */
const GOES_ON = /^(?:file:\/\/)?\/\S+\/.*\s(?:\S*\/\S*\/|\S*\.\w+$)/;

/** As FFmpeg writes which of its parts complains: `[h264 @ 0x55d3c0a1]`. */
const POINTER = / @ 0x[\da-f]+(?=\])/gi;

/** A text in which absolute paths are no more than the name of the file, `open 'film.mp4'`, and parts of FFmpeg no more than their name. */
export const withoutPlaces = (text: string): string =>
  text
    .replaceAll(POINTER, '')
    .replaceAll(QUOTED, (path, quote: string) => `${quote}${nameIn(path.slice(1, -1))}${quote}`)
    .replaceAll(BARE, withoutFolders);

/** A blank may also end a path, and what is behind it be words: they stay. */
function withoutFolders(match: string): string {
  const blank = match.search(/\s/);
  if (blank === -1 || HOME.test(match) || GOES_ON.test(match)) return nameIn(match);
  const [first, others] = [match.slice(0, blank), match.slice(blank)];
  return (first.lastIndexOf('/') > 0 ? nameIn(first) : first) + others;
}

const nameIn = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';
