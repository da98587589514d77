/** How moments are to be found and cut, from the words of the command line. */
import { InvalidArgumentError, Option } from 'commander';
import type { OptionGroup } from '../command/command.ts';
import { count, lowerCase, seconds } from '../command/option-values.ts';
import type { CaptionStyle } from '../generated/graphql.ts';

export type CutOptions = { aspectRatio?: string; captions?: CaptionStyle; padding?: number };

export type FindOptions = { count?: number; minLength?: number; maxLength?: number };

/** As a person writes them. */
const CAPTIONS: Record<string, CaptionStyle> = {
  none: 'NONE',
  'word-pop': 'WORD_POP',
  karaoke: 'KARAOKE',
  line: 'LINE',
};

function captionStyle(text: string): CaptionStyle {
  const found = CAPTIONS[lowerCase(text)];
  if (found) return found;
  throw new InvalidArgumentError(`Must be ${Object.keys(CAPTIONS).join(', ')}.`);
}

/** A command that cuts clips. */
export const cutting: OptionGroup = {
  takes: (command) =>
    command
      .option('--aspect, --aspect-ratio <ratio>', 'shape of the clips: source, 9:16, 1:1 or 4:5', (text) =>
        lowerCase(text) === 'source' ? 'SOURCE' : text,
      )
      .addOption(
        new Option(
          '--captions <style>',
          `captions drawn on them: ${Object.keys(CAPTIONS).join(', ')}`,
        ).argParser(captionStyle),
      )
      .option('--padding <seconds>', 'most that is shown before the first word and after the last', seconds)
      .option('--out <folder>', 'put the clips there, with their subtitles')
      .option('--force', 'let --out replace files'),
};

/** A command that finds moments. */
export const finding: OptionGroup = {
  takes: (command) =>
    command
      .option('--count <number>', 'moments to find at most', count)
      .option('--min-length <seconds>', 'of a moment', seconds)
      .option('--max-length <seconds>', 'of a moment', seconds),
};

/** What the options are in the API. */
export const cutInput = ({ aspectRatio, captions, padding }: CutOptions) => ({
  ...(aspectRatio !== undefined && { aspectRatio }),
  ...(captions && { captions }),
  ...(padding !== undefined && { paddingSeconds: padding }),
});

export const findInput = ({ count: most, minLength, maxLength }: FindOptions) => ({
  ...(most !== undefined && { maxMoments: most, minMoments: Math.min(most, 4) }),
  ...(minLength !== undefined && { minMomentLengthSeconds: minLength }),
  ...(maxLength !== undefined && { maxMomentLengthSeconds: maxLength }),
});
