/** `vidpipe moments`: a film is sent, searched for what was said in it, and cut. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { EXIT } from '../../src/cli/command/exit-codes.ts';
import { fillSentences } from '../../src/features/transcripts/search/fill-sentences.ts';
import { makeNumbered } from '../media/support/numbered.ts';
import { addFilm, addTranscript, spoken } from '../moments/support/talk-film.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { useTestApi } from '../support/test-api.ts';
import { jsonLines, vidpipeHere } from './support/batch-here.ts';

const api = useTestApi({ workers: 2 });
const vidpipe = (...args: string[]) => vidpipeHere(api, ...args);

const { words, endSeconds } = spoken();

/** A film in the library in which somebody talks; one for all tests. */
let talk: Promise<string> | undefined;
const aTalk = () => (talk ??= addTalk());

async function addTalk(): Promise<string> {
  const { id } = await addFilm(api, Math.ceil(endSeconds) + 2);
  await addTranscript(api, id, words);
  await fillSentences(api.ctx);
  return encodeGlobalId('Video', id);
}

test('a file of this machine comes into the library, and its run is followed as any other', async () => {
  const [file = ''] = await makeNumbered(temporaryFolder('moments'), {
    name: 'My talk.mp4',
    frames: 50,
    frameRate: { num: 25, den: 1 },
    width: 320,
    height: 180,
  });
  const ran = await vidpipe('moments', 'run', file, '--json');
  const video = await api.db.video.findFirstOrThrow({ where: { title: 'My talk' } });
  expect(jsonLines(ran.stdout).at(-1)).toMatchObject({ videoId: encodeGlobalId('Video', video.id) });

  const { id } = await api.db.pipelineRun.findFirstOrThrow({ where: { kind: 'INGEST' } });
  const followed = await vidpipe('follow', encodeGlobalId('PipelineRun', id));
  expect(followed).toMatchObject({
    code: EXIT.ok,
    stdout: `${encodeGlobalId('Video', video.id)}\n`,
    stderr: expect.stringContaining('"My talk"') as string,
  });
  const told = jsonLines((await vidpipe('follow', encodeGlobalId('PipelineRun', id), '--json')).stdout);
  expect(told.at(-1)).toMatchObject({
    type: 'result',
    status: 'COMPLETED',
    film: { id: encodeGlobalId('Video', video.id) },
  });
});

test('what was found is listed, and one of it is cut anew into a folder that has no clips yet', async () => {
  const video = await aTalk();
  const lengths = ['--min-length', '3', '--max-length', '8'];
  await atTerminal(() => vidpipe('moments', 'run', video, '--count', '2', ...lengths));
  const listed = await vidpipe('moments', 'list', video, '--json');
  const [first, second, ...others] = jsonLines(listed.stdout).map(({ id }) => String(id));
  expect({ first, second, others }).toEqual({ first: MOMENT, second: MOMENT, others: [] });
  const told = await vidpipe('moments', 'list', video, '--limit', '1');
  expect(told.stdout).toContain(first);
  expect(told.stdout).not.toContain(second);
  expect(told.stderr).toBe('1 of 2; more with --limit.\n');

  const out = path.join(temporaryFolder('moments'), 'clips');
  const wish = [video, second ?? '', '--padding', '0.1', '--out', out];
  const cut = await vidpipe('moments', 'cut', ...wish);
  const names = readdirSync(out).toSorted();
  expect(names).toEqual([expect.stringMatching(/^01-.+\.mp4$/), expect.stringMatching(/^01-.+\.srt$/)]);
  expect(cut).toMatchObject({ code: EXIT.ok, stdout: `${path.join(out, names[0] ?? '')}\n` });

  const again = await vidpipe('moments', 'cut', ...wish);
  expect(again).toMatchObject({
    code: EXIT.badInput,
    stderr: expect.stringContaining(`--out: ${out} has ${names[0]} and 1 more already`) as string,
  });
  expect(await vidpipe('moments', 'cut', ...wish, '--force')).toMatchObject({ code: EXIT.ok });
});

const MOMENT = expect.stringMatching(/^moment_[0-9a-f-]{36}$/) as string;

/** Runs something that draws at a terminal, and has it leave nothing that would go on drawing. */
async function atTerminal(run: () => Promise<{ code: number }>): Promise<void> {
  const before = process.stderr.listenerCount('resize');
  process.stderr.isTTY = true;
  try {
    expect(await run()).toMatchObject({ code: EXIT.ok });
  } finally {
    process.stderr.isTTY = false;
  }
  expect(process.stderr.listenerCount('resize')).toBe(before);
}

test('clips that are in the way are told of before a film is sent', async () => {
  const folder = temporaryFolder('moments');
  const file = path.join(folder, 'never-sent.mp4');
  writeFileSync(file, 'no film');
  writeFileSync(path.join(folder, '01-other.mp4'), 'a clip');
  const ran = await vidpipe('moments', 'run', file, '--out', folder);
  expect(ran).toMatchObject({
    code: EXIT.badInput,
    stderr: expect.stringContaining('01-other.mp4') as string,
  });
  expect(await api.db.upload.count({ where: { fileName: 'never-sent.mp4' } })).toBe(0);
  expect(existsSync(file)).toBe(true);
});

test('what is said is printed as text and as subtitles, and found with its time', async () => {
  const video = await aTalk();
  const text = await vidpipe('moments', 'transcript', video);
  expect(text.stdout).toContain('I lost three million dollars in one single night.');
  const srt = await vidpipe('moments', 'transcript', video, '--format', 'srt');
  expect(srt.stdout).toMatch(/^1\n00:00:01,000 --> /);
  const wrong = await vidpipe('moments', 'transcript', video, '--format', 'doc');
  expect(wrong).toMatchObject({ code: EXIT.badInput, stdout: '' });

  const found = await vidpipe('moments', 'search', '"fear is a choice"', '--video', video);
  expect(found).toMatchObject({
    code: EXIT.ok,
    stdout: expect.stringMatching(
      /^00:\d\d  But then I understood that fear is a choice\.  video_/,
    ) as string,
  });
  const nothing = await vidpipe('moments', 'search', 'xylophone', '--video', video);
  expect(nothing).toMatchObject({ stdout: '', stderr: 'Nobody says that.\n' });
});

test('a video that there is not, and one that nobody heard yet, are told of by name', async () => {
  const none = encodeGlobalId('Video', '0192f0c0-0000-7000-8000-000000000000');
  for (const command of ['list', 'transcript'])
    expect(await vidpipe('moments', command, none)).toMatchObject({
      code: EXIT.failed,
      stderr: expect.stringContaining(`VIDEO: there is no ${none}`) as string,
    });
  const { id } = await addFilm(api, 2);
  expect(await vidpipe('moments', 'transcript', encodeGlobalId('Video', id))).toMatchObject({
    code: EXIT.failed,
    stderr: expect.stringContaining('has no transcript yet') as string,
  });
});
