import type { Cue, SubtitleKind } from './cue.ts';
import { LIMITS } from './limits.ts';
import { refused, type SubtitleProblem, type SubtitleWarningCode, SubtitlesRefused } from './problem.ts';
import { readAss } from './read/ass.ts';
import { finishCues } from './read/finish-cues.ts';
import { isJson3, parseJson, readJson, readJson3 } from './read/json.ts';
import { linesOf } from './read/lines.ts';
import type { RawSubtitles, Warning } from './read/raw-cue.ts';
import { readSbv } from './read/sbv.ts';
import { readSrt } from './read/srt.ts';
import { kindOf } from './read/subtitle-kind.ts';
import { textOf } from './read/text-of.ts';
import { readTtml } from './read/ttml.ts';
import { readWebVtt } from './read/webvtt.ts';

export type Subtitles = {
  kind: SubtitleKind;
  /** Label of the encoding that the file had. */
  encoding: string;
  /** At least one, by their starts; they may overlap. */
  cues: Cue[];
  /** What was dropped or mended, at most a hundred and one that counts the others. */
  warnings: SubtitleProblem<SubtitleWarningCode>[];
};

export type ReadSubtitlesOptions = {
  /** Tells the language where nothing else does, as in `film.ru.srt`; of the kind it tells nothing. */
  fileName?: string;
  /** Tag of the language, `de`: it decides between encodings, and parts words where scripts do not. */
  language?: string;
  /** Label of the encoding, where somebody knows it. */
  encoding?: string;
};

/**
 * Reads subtitles of any kind that there is, as tolerant as players are: what is wrong with a cue costs that cue only. Pure.
 *
 * @throws {SubtitlesRefused} and nothing else: with a code, the line, and a reason for a person.
 */
export async function readSubtitles(
  bytes: Uint8Array,
  options: ReadSubtitlesOptions = {},
): Promise<Subtitles> {
  if (bytes.length === 0) throw refused('FILE_EMPTY', 'There is nothing in it.');
  if (bytes.length > LIMITS.fileBytes)
    throw refused(
      'FILE_TOO_LARGE',
      `It has more than ${LIMITS.fileBytes / 1_000_000} MB, as no subtitles have.`,
    );
  const language = options.language ?? languageOfName(options.fileName ?? '');
  const { text, label } = await textOf(bytes, { language, encoding: options.encoding });
  if (text.trim() === '') throw refused('FILE_EMPTY', 'There is nothing in it.');
  const { kind, raw } = readSafely(text, language);
  const { cues, warnings } = finishCues(raw);
  return { kind, encoding: label, cues, warnings: told([...damageOf(text), ...warnings]) };
}

/** `ru` of `film.ru.srt` and `film.ru.forced.srt`. */
const languageOfName = (name: string): string | undefined =>
  /\.([a-z]{2,3})(?:[-_][a-z]{2,4})?(?:\.(?:sdh|cc|hi|forced))?\.[a-z0-9]{2,5}$/i
    .exec(name.slice(-50))?.[1]
    ?.toLowerCase();

type Read = { kind: SubtitleKind; raw: RawSubtitles };

/** Libraries were not made for what people send: whatever they throw is the file's fault. */
function readSafely(text: string, language?: string): Read {
  try {
    return readAs(kindOf(text), text, language);
  } catch (error) {
    if (error instanceof SubtitlesRefused) throw error;
    throw refused('FILE_DAMAGED', 'The file is too damaged to be read.', null, { cause: error });
  }
}

function readAs(kind: SubtitleKind, text: string, language?: string): Read {
  if (kind === 'JSON' || kind === 'JSON3') {
    const value = parseJson(text);
    if (isJson3(value)) return { kind: 'JSON3', raw: readJson3(value, language) };
    return { kind: 'JSON', raw: readJson(value, language) };
  }
  const read = { SRT: readSrt, SBV: readSbv, ASS: readAss, TTML: readTtml, WEBVTT: readWebVtt }[kind];
  return { kind, raw: read(kind === 'SRT' || kind === 'SBV' ? text : text.trimStart(), language) };
}

/** U+FFFD stands where a character was lost. */
function damageOf(text: string): Warning[] {
  const at = text.indexOf('\ufffd');
  if (at < 0) return [];
  const line = linesOf(text.slice(0, at)).length;
  const reason = `A character of line ${line} is damaged, and maybe others; the file may have another encoding than it seems.`;
  return [{ code: 'CHARACTER_DAMAGED', line, reason }];
}

function told(warnings: readonly Warning[]): Warning[] {
  const more = warnings.length - LIMITS.warnings;
  if (more <= 0) return [...warnings];
  return [
    ...warnings.slice(0, LIMITS.warnings),
    { code: 'MORE_WARNINGS', line: null, reason: `And ${more} more.` },
  ];
}
