/** What of a caption is said. The rest tells the deaf what else is to be heard. */

/** `[MUSIC]`, `【音楽】` and what stands between asterisks. */
const DESCRIPTION = /\[[^[\]]*\]|【[^【】]*】|(?<!\S)\*[^*\n]+\*(?!\S)/g;
/** `(laughs)` on a line of its own, `（笑）`. */
const BRACKETS_ALONE = /^\s*(?:[-–—‐]\s*)?[(（][^()（）]*[)）]\s*$/u;
const IN_BRACKETS = /[(（]([^()（）]*)[)）]/gu;
/** A word or three in small letters at a line's edge, with a sentence before it or none: `Yes. (laughs)`. */
const ASIDE =
  /(?:(?<=[.!?…,]\s)|^)[(（]\s*\p{Ll}[\p{Ll}'’-]*(?: [\p{Ll}'’-]+){0,2}\s*[)）](?=\s*$|\s+[\p{Lu}“"])/gu;
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
        .replaceAll(ASIDE, ' ')
        .replaceAll(IN_BRACKETS, (all, inside: string) => (isShouted(inside) ? ' ' : all))
        .replaceAll(/[ \t]+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
