import type { Cue } from '../cue.ts';
import { clock } from '../../text/clock.ts';

/** What readers would take for a tag, an entity, a setting or times; there is no other way to write it than as an entity. */
const TAKEN = /<(?=[a-z/\d])|&(?=#?\w{1,8};)|\{(?=\\)|\\(?=N)|(?<=[-–—])>/gi;

const escaped = (text: string): string =>
  text.replaceAll(TAKEN, (sign) =>
    sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `&#${sign.charCodeAt(0)};`,
  );

/** Cues as SubRip. What `readSubtitles` reads of it is the same, but for words and speakers. Pure. */
export const writeSrt = (cues: readonly Cue[]): string =>
  cues
    .map(
      ({ startSeconds, endSeconds, text }, index) =>
        `${index + 1}\n${clock(startSeconds, ',')} --> ${clock(endSeconds, ',')}\n${escaped(text)}\n`,
    )
    .join('\n');
