/** How much of a file with subtitles is read. Ours: a film of three hours has some 3,000 cues in 200 kB. */
export const LIMITS = {
  fileBytes: 10_000_000,
  cues: 100_000,
  /** UTF-16 units of the text of a cue; what is longer is cut, with a warning. */
  cueUnits: 4_000,
  /** UTF-16 units that a cue has in the file, with its tags. */
  rawCueUnits: 20_000,
  /** Tags of a cue: libraries keep them all on a stack. */
  cueTags: 200,
  /** Words that are said; who talks without a pause for twelve hours says half as many. */
  words: 300_000,
  /** Levels of elements in XML. */
  depth: 64,
  /** Warnings that are told; of the others, how many there are. */
  warnings: 100,
  /** Cues that begin later than this are dropped: a thousand hours is a mistake, a hundred may still be a live stream's clock. */
  latestSeconds: 1_000 * 3_600,
  /** UTF-16 units of a speaker's name. */
  speakerUnits: 100,
} as const;
