/** What of a caption is said. The rest tells the deaf what else is to be heard. */

/** `[MUSIC]`, `(laughs)` on a line of its own, `(DOOR CLOSES)`, `（笑）` and what stands between asterisks. */
const DESCRIPTION = /\[[^[\]]*\]|【[^【】]*】|(?<!\S)\*[^*\n]+\*(?!\S)/g;
const BRACKETS_ALONE = /^\s*(?:[-–—‐]\s*)?[(（][^()（）]*[)）]\s*$/u;
const IN_BRACKETS = /[(（]([^()（）]*)[)）]/gu;
const NOTES = /[♩♪♫♬🎵🎶]/gu;
/** Of a second speaker, at the start of a line. */
const DASH = /^\s*[-–—‐](?=\s*\S)\s*/u;

const isShouted = (text: string): boolean =>
  /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text) && text.trim().length > 1;

/** The words of a cue's text as somebody says or sings them: no descriptions of sounds, no notes, no dashes of speakers. */
export const spokenText = (text: string): string =>
  text
    .replaceAll(DESCRIPTION, ' ')
    .replaceAll(NOTES, ' ')
    .split('\n')
    .filter((line) => !BRACKETS_ALONE.test(line))
    .map((line) =>
      line
        .replace(DASH, '')
        .replaceAll(IN_BRACKETS, (all, inside: string) => (isShouted(inside) ? ' ' : all))
        .replaceAll(/[ \t]+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
