/** What nobody would call subtitles: it is read or refused by name, soon. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSubtitles, type Subtitles } from '../../src/subtitles/read-subtitles.ts';
import { CPU_SECONDS, readTalkBoxed } from '../../src/subtitles/child/read-boxed.ts';
import { type SubtitleRefusalCode, SubtitlesRefused } from '../../src/subtitles/problem.ts';
import { sentencesOf } from '../../src/subtitles/words/sentences.ts';
import { spreadWords } from '../../src/subtitles/words/spread-words.ts';
import { captionsOf } from '../../src/subtitles/words/captions.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

/** What became of a file: it was read, and cues and words hold what their types say, or the refusal is ours. */
async function outcomeOf(bytes: Uint8Array): Promise<string> {
  const read = await readSubtitles(bytes).catch((error: unknown) => error);
  if (read instanceof SubtitlesRefused) return read.problem.code;
  if (read instanceof Error) throw read;
  holds(read as Subtitles);
  return 'READ';
}

function holds({ cues, warnings }: Subtitles): void {
  expect(cues.length).toBeGreaterThan(0);
  expect(warnings.length).toBeLessThanOrEqual(101);
  let latest = 0;
  for (const cue of cues) {
    expect(cue.startSeconds).toBeGreaterThanOrEqual(latest);
    expect(cue.endSeconds).toBeGreaterThan(cue.startSeconds);
    expect(cue.text.isWellFormed()).toBe(true);
    expect(cue.text).not.toMatch(/(?!\n)\p{Cc}|^\n|\n\n|\n$|^$/u);
    const times = (cue.words ?? []).flatMap((word) => [word.startSeconds, word.endSeconds]);
    const inside = [cue.startSeconds, ...times, cue.endSeconds];
    expect(inside).toEqual(inside.toSorted((one, other) => one - other));
    latest = cue.startSeconds;
  }
}

/** All words come out of each step that they go into. */
async function wordsSurvive(bytes: Uint8Array): Promise<void> {
  const read = await readSubtitles(bytes).catch(() => null);
  const words = spreadWords(read?.cues ?? []);
  expect(sentencesOf(words).at(-1)?.to ?? 0).toBe(words.length);
  expect(captionsOf(words).flatMap((cue) => cue.words ?? [])).toHaveLength(words.length);
}

/** What may become of any file. */
const OUTCOMES: readonly (SubtitleRefusalCode | 'READ')[] = [
  'READ',
  'FILE_EMPTY',
  'NOT_SUBTITLES',
  'ENCODING_UNKNOWN',
  'FILE_DAMAGED',
  'CUES_MISSING',
  'TOO_MANY_CUES',
];

const PARTS = [
  'WEBVTT',
  '\n',
  '\n\n',
  '\r',
  ' ',
  '00:00:01.000 --> 00:00:02.000',
  '00:00:03,000 --> 00:00:01,000',
  '-00:00:01,0 --> 00:09:00,0',
  '0:00:01.000,0:00:02.000',
  '<',
  '>',
  '</',
  '<c>',
  '<v ',
  '<00:00:01.500>',
  '<ruby>',
  '<rt>',
  '&',
  '&amp;',
  '&#1114112;',
  '&#xd800;',
  '{',
  '{\\',
  '}',
  '[Script Info]',
  '[Events]',
  'Format: ',
  'Start, End, Text',
  'Dialogue: ',
  '0:00:01.00,0:00:02.00,',
  '\\t(',
  '\\p1',
  '\\clip(',
  '-->',
  '99999999',
  'text',
  'ผม',
  '漢',
  '\ud83d',
  '\u0000',
  '\u200b',
  'STYLE',
  'NOTE ',
  '1',
  '[',
  ']',
  '"',
  ',',
  ':',
  '{"events":[{"tStartMs":1e3,"dDurationMs":9,"segs":[{"utf8":"a","tOffsetMs":-5}]}]}',
  '{"segments":[{"start":1,"end":2,"text":"a","words":[{"word":"a","start":9,"end":-1}]}]}',
  '{"words":[{"word":"a","start":2,"end":1},{"word":"b","start":"1s","end":1e99}]}',
  '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>',
  '<p begin="1s" end="2s">',
  '<p begin="x" dur="5t">',
  '<span>',
  '<br/>',
  '</p>',
  '</div></body></tt>',
  '<?xml version="1.0"?>',
];

test('pieces of all formats in any order', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 30 }), async (parts) => {
      outcomes.add(await outcomeOf(Buffer.from(parts.join(''))));
      await wordsSurvive(Buffer.from(parts.join('')));
    }),
    { numRuns: 2_000 },
  );
  expect(outcomes).toContain('READ');
});

test.each([
  'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n',
  '[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,',
  '00:00:01,000 --> 00:00:02,000\n',
  '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="2s">',
])('a good start and then anything: %j', async (start) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...PARTS), { maxLength: 30 }), async (parts) => {
      const bytes = Buffer.from(start + parts.join(''));
      expect(OUTCOMES).toContain(await outcomeOf(bytes));
      await wordsSurvive(bytes);
    }),
    { numRuns: 500 },
  );
});

test('any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), async (bytes) => {
      expect(OUTCOMES).toContain(await outcomeOf(bytes));
    }),
    { numRuns: 2_000 },
  );
});

const MOST = 9_900_000;
const filled = (start: string, part: string, end = '') =>
  Buffer.from(start + part.repeat(Math.floor((MOST - start.length) / Buffer.byteLength(part))) + end);
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\n';
const SRT = '00:00:01,000 --> 00:00:02,000\n';
const TTML = '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>';

/** Each is ten megabytes that some pattern or stack could be slow at. */
test.each([
  ['open tags of WebVTT', filled(VTT, '<c>')],
  ['voices in voices', filled(VTT, '<v a>')],
  ['voices in voices, in many cues', filled(VTT, `${'<v a>'.repeat(190)}\n\n00:01.000 --> 00:02.000\n`)],
  ['times of words', filled(VTT, '<00:01.500>a ')],
  ['one line of WebVTT', filled(VTT, 'x')],
  ['ampersands', filled(VTT, '&')],
  ['blank lines', filled(VTT, '\n')],
  ['lines of a cue', filled(VTT, 'a\n')],
  ['cues of WebVTT without an end', filled(VTT, '00:01.000 --> 00:02.000\n')],
  ['smaller signs', filled(SRT, '<')],
  ['tags that do not end', filled(SRT, '<i ')],
  ['braces', filled(SRT, '{\\')],
  ['brackets', filled(SRT, '[')],
  ['blanks', filled(SRT, ' ', 'x')],
  ['blanks and arrows', filled(SRT, ' \t'.repeat(500) + '-->\n')],
  ['digits', filled(SRT, '1')],
  ['numbers of lines', filled(SRT, '1\n')],
  ['dots', filled(SRT, '."')],
  ['Thai in one run', filled(SRT, 'ก่')],
  ['Japanese in cues', filled('', `${SRT}${'漢字かな'.repeat(300)}\n\n`)],
  ['braces of ASS', filled('[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,', '{')],
  [
    'braces of ASS in lines',
    filled('[Events]\n', `Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,${'{'.repeat(15_000)}\n`),
  ],
  [
    'braces of ASS with an end',
    filled('[Events]\n', `Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,${'{'.repeat(15_000)}}\n`),
  ],
  [
    'tags in tags of ASS',
    filled('[Events]\n', `Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,{${String.raw`\t(`.repeat(5_000)}}x\n`),
  ],
  [
    'drawings of ASS',
    filled(
      '[Events]\n',
      `Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,{\\p1}${'m 0 0 '.repeat(3_000)}{\\p0}x\n`,
    ),
  ],
  [
    'blanks in an effect of ASS',
    filled('[Events]\n', `Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,${' \u00a0'.repeat(7_000)}x,x\n`),
  ],
  ['comments of ASS', filled('; x\n', ';      \n')],
  ['depth of XML', filled(TTML, '<div>')],
  ['paragraphs of XML', filled(TTML, '<p begin="1s" end="2s">a</p>')],
  [
    'paragraphs that end each elsewhere',
    Buffer.from(
      `${TTML}${Array.from({ length: 99_000 }, (_, index) => `<p begin="${(index * 7_919) % 99_991}s" end="${100_000 + ((index * 104_729) % 99_991)}s">a</p>`).join('')}</div></body></tt>`,
    ),
  ],
  ['spans of XML', filled(`${TTML}<p begin="1s" end="2s">`, '<span>a</span>', '</p></div></body></tt>')],
  ['attributes of XML', filled('<tt xmlns="http://www.w3.org/ns/ttml" ', 'a="b" ')],
  ['depth of JSON', filled('', '[{"a":')],
  ['lists of JSON', filled('', '[')],
  ['events of JSON', filled('{"events":[', '{"tStartMs":1,"dDurationMs":9,"segs":[{"utf8":"a"}]},', '{}]}')],
] as const)('%s', { timeout: 60_000 }, async (_name, bytes) => {
  const before = process.cpuUsage();
  const outcome = await outcomeOf(bytes);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1_000_000;
  if (process.env.SUBTITLE_TIMES) console.log(`${_name}: ${outcome} ${seconds.toFixed(1)} s`);
  expect(OUTCOMES).toContain(outcome);
  // A third of what the process may take.
  expect(seconds).toBeLessThan(CPU_SECONDS / 3);
});

/** Two thousand words a cue: there are millions in ten megabytes. */
const wordy = (startOf: (index: number) => number) =>
  Array.from({ length: 2_450 }, (_, index) => {
    const seconds = String(startOf(index) % 60).padStart(2, '0');
    const minutes = String(Math.floor(startOf(index) / 60)).padStart(2, '0');
    return `00:${minutes}:${seconds},000 --> 01:00:00,000\n${'a '.repeat(2_000)}\n\n`;
  }).join('');

test.each([
  ['one after the other', wordy((index) => index), /^TOO_MANY_WORDS$/],
  ['all at once', wordy(() => 1), /^(TOO_MANY_WORDS|READING_TOO_COSTLY)$/],
] as const)(
  'millions of words, %s, are refused within the process',
  { timeout: 60_000 },
  async (_when, text, code) => {
    const file = path.join(temporaryFolder('hostile'), 'words.srt');
    await writeFile(file, text);
    const refused = readTalkBoxed(file, { durationSeconds: 3_600 });
    await expect(refused).rejects.toMatchObject({ problem: { code: expect.stringMatching(code) as string } });
  },
);
