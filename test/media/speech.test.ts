/** What recognisers are given, and what they answer. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Filter } from 'node-av/lib';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../src/media/child/run-program.ts';
import { guessedSounds, spokenParts } from '../../src/media/speech/pocketsphinx/spoken-parts.ts';
import { LEVEL_SECONDS, speechSpans } from '../../src/media/speech/speech-spans.ts';
import { hearByWhisper } from '../../src/media/speech/whisper.ts';
import { whisperSegments } from '../../src/media/speech/whisper-answer.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

/** dBFS of stretches `[seconds, level]`. */
const levelsOf = (...stretches: [seconds: number, level: number][]) =>
  Float32Array.from(
    stretches.flatMap(([seconds, level]) => Array<number>(Math.round(seconds / LEVEL_SECONDS)).fill(level)),
  );

describe('spans of speech', () => {
  test('begin a little before what is loud, and silences part them', () => {
    const spans = speechSpans(levelsOf([1, -70], [2, -20], [1, -70], [1, -25], [1, -70]));
    expect(spans.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [0.8, 3.25],
      [expect.closeTo(3.8), 5.25],
    ]);
  });

  test('none is in silence, nor in a click', () => {
    expect(speechSpans(levelsOf([10, -90]))).toEqual([]);
    expect(speechSpans(levelsOf([5, -90], [0.05, -10], [5, -90]))).toEqual([]);
    expect(speechSpans(new Float32Array())).toEqual([]);
  });

  test('long ones are parted where it is quietest', () => {
    const spans = speechSpans(levelsOf([12, -20], [0.2, -40], [14, -20]));
    expect(spans).toHaveLength(2);
    expect(spans[0]!.endSeconds).toBeGreaterThan(11.9);
    expect(spans[0]!.endSeconds).toBeLessThan(12.3);
    expect(spans.every(({ startSeconds, endSeconds }) => endSeconds - startSeconds <= 18)).toBe(true);
  });
});

test.each([
  ['“Hello!”', 'hello'],
  ['1,200', 'one thousand two hundred'],
  ['1984', 'nineteen eighty four'],
  ['2000', 'two thousand'],
  ['50%', 'fifty percent'],
  ['Dr.', 'doctor'],
  ['don’t', "don't"],
  ['well-known', 'well known'],
  ['café', 'cafe'],
  ['0', 'zero'],
  ['Ελλάδα', ''],
])('%s is said as %j', (printed, said) => {
  expect(spokenParts(printed).join(' ')).toBe(said);
});

test('a name that no dictionary has is guessed by its letters', () => {
  expect(guessedSounds('dashwood')).toBe('D AE SH W UW D');
  expect(guessedSounds('xx')).toBe('K S');
});

/** A line of the filter's. */
const line = (start: number, end: number, text: string) =>
  `{"start":${start},"end":${end},"text":"${text}"}\n`;

describe("whisper's answers", () => {
  const spans = [
    { startSeconds: 5, endSeconds: 9 },
    { startSeconds: 100, endSeconds: 112 },
  ];

  test('are read though nothing in them is escaped, and lie in the spans that were heard', () => {
    const answer =
      line(0, 2_000, ' He said "Yes," and {left}.') + line(20_500, 23_000, ' Back\\slash: "a":1}');
    expect(whisperSegments(answer, spans)).toEqual([
      { startSeconds: 5, endSeconds: 7, text: 'He said "Yes," and {left}.' },
      { startSeconds: 100.5, endSeconds: 103, text: String.raw`Back\slash: "a":1}` },
    ]);
  });

  test('of silence, of sounds, and of what cannot be said so fast are none', () => {
    const silent = line(4_500, 19_000, ' Thank you for watching.') + line(40_000, 41_000, ' Bye.');
    const sounds = line(0, 1_000, ' [MUSIC]') + line(0, 1_000, ' (applause)') + line(0, 1_000, ' ♪ la');
    const repeated = line(1_000, 1_500, ' so'.repeat(40));
    expect(whisperSegments(silent + sounds + repeated + 'no line\n', spans)).toEqual([]);
  });

  test('end with their span', () => {
    expect(whisperSegments(line(3_000, 6_000, ' Late.'), spans)).toMatchObject([{ endSeconds: 9 }]);
  });
});

test('the whisper filter is in our FFmpeg, and a file that is no model is refused with its name', async () => {
  expect(Filter.getByName('whisper')).not.toBeNull();
  const directory = temporaryFolder('whisper');
  const [modelFile, speechFile] = ["it's no: model.bin", 'speech.raw'].map((name) =>
    path.join(directory, name),
  ) as [string, string];
  await writeFile(modelFile, 'nothing');
  await writeFile(speechFile, Buffer.alloc(32_000));
  const spans = [{ startSeconds: 0, endSeconds: 1 }];
  const heard = hearByWhisper({ modelFile, speechFile, spans, language: 'en', directory }, {});
  await expect(heard).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringMatching(/^it's no: model\.bin: (?!.*parse)/) as string,
  });
});

/** Whether any process has this in its command line. */
const isRunning = (mark: string) =>
  execFileSync('sh', ['-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "']).toString().includes(mark);

describe('a program of the machine', () => {
  const limits = { cpuSeconds: 5, fileBytes: 2 ** 20, memoryMebibytes: 512 };

  test('tells its lines, and works in its folder', async () => {
    const directory = temporaryFolder('program');
    const told: string[] = [];
    await runProgram('sh', ['-c', 'echo one; echo two >&2; pwd > place'], {
      ...limits,
      directory,
      onLine: (text) => void told.push(text),
    });
    expect(told.toSorted()).toEqual(['one', 'two']);
    expect(readdirSync(directory)).toEqual(['place']);
  });

  test('fails in its own words, and comes to its limits', { tags: 'long' }, async () => {
    const directory = temporaryFolder('program');
    const run = (script: string, more: object = {}) =>
      runProgram('sh', ['-c', script], { ...limits, directory, ...more });
    await expect(run('echo torn >&2; exit 3')).rejects.toMatchObject({
      message: expect.stringContaining('torn') as string,
    });
    await expect(run('while :; do :; done', { cpuSeconds: 1 })).rejects.toMatchObject({ limit: 'TIME' });
    await expect(run('yes > much')).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
    await expect(runProgram('/no/such/program', [], { ...limits, directory })).rejects.toMatchObject({
      code: 'MEDIA_FAILED',
    });
  });

  test.skipIf(!existsSync('/proc/self/cmdline'))(
    'is ended at once with the signal, and so are its own',
    async () => {
      const controller = new AbortController();
      const mark = `7${process.pid}.125`;
      const run = runProgram('sh', ['-c', `sleep ${mark} & sleep ${mark}; wait`], {
        ...limits,
        directory: temporaryFolder('program'),
        signal: controller.signal,
      });
      setTimeout(() => controller.abort(new Error('Enough.')), 300);
      await expect(run).rejects.toThrow('Enough.');
      await expect.poll(() => isRunning(`sleep ${mark}`)).toBe(false);
    },
  );
});
