/** Subtitles that a file brings are found by their language, and read as they are. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSubtitleTrack } from '../../src/media/read/subtitle-track.ts';
import { textOfPacket } from '../../src/media/read/subtitle-cue.ts';
import * as av from 'node-av/constants';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { writeWave } from '../transcripts/support/recorded.ts';
import { makeSubtitled } from './support/subtitled.ts';

const folder = temporaryFolder('subtitled');
const at = (name: string) => path.join(folder, name);
const cue = (text: string) =>
  `1\n00:00:01,000 --> 00:00:02,500\n${text}\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo.\n`;

test('by their language, then as players choose; the cues with their times', async () => {
  await writeWave(at('a.wav'), new Int16Array(16_000 * 5));
  await writeFile(at('forced.srt'), cue('Sign'));
  await writeFile(at('de.srt'), cue('Hallo\nWelt'));
  await writeFile(at('en.srt'), cue('Hello'));
  const file = await makeSubtitled({
    sound: at('a.wav'),
    subtitles: [
      { file: at('forced.srt'), language: 'eng', isForced: true },
      { file: at('de.srt'), language: 'ger' },
      { file: at('en.srt'), language: 'eng' },
    ],
    toFile: at('film.mkv'),
  });
  const toFile = at('out.srt');
  expect(await readSubtitleTrack({ file, language: 'en-US', toFile })).toEqual({ index: 3, language: 'en' });
  expect(await readFile(toFile, 'utf8')).toBe(
    '00:00:01,000 --> 00:00:02,500\nHello\n\n00:00:03,000 --> 00:00:04,000\nTwo.\n\n',
  );
  expect(await readSubtitleTrack({ file, language: 'de', toFile })).toEqual({ index: 2, language: 'de' });
  expect(await readFile(toFile, 'utf8')).toContain('Hallo\nWelt\n');
  expect(await readSubtitleTrack({ file, language: 'fr', toFile: null })).toBeNull();
  expect(await readSubtitleTrack({ file: at('a.wav'), language: null, toFile: null })).toBeNull();
});

/** The text of a packet of ASS. */
const ass = (text: string) => textOfPacket(av.AV_CODEC_ID_ASS, Buffer.from(`0,0,Default,,0,0,0,,${text}`));

test('packets of MP4 and of ASS are texts', () => {
  const timed = Buffer.concat([Buffer.from([0, 5]), Buffer.from('Hello'), Buffer.from('\0\0\0\x0cstyl')]);
  expect(textOfPacket(av.AV_CODEC_ID_MOV_TEXT, timed)).toBe('Hello');
  expect(ass(String.raw`{\b1}Well{\b0}, one\Ntwo`)).toBe('Well, one\ntwo');
  expect(ass(String.raw`{\p1}m 0 0 l 1 1`)).toBe('');
});
