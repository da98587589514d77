/** The times that the offline voice tells of its words, against the sound of its clips. */
import { expect, test } from 'vitest';
import { CHANNELS, SAMPLE_RATE } from '../../src/media/encoding.ts';
import { wordTimes } from '../../src/providers/animatic/clip/word-times.ts';
import { speak } from '../../src/providers/animatic/clip/voice.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

/** Seconds at which a track becomes loud after it was silent for a while. */
function onsets(track: Float32Array): number[] {
  const found: number[] = [];
  let quiet = Infinity;
  for (let at = 0; at < track.length; at += CHANNELS) {
    if (Math.abs(track[at]!) > 0.02) {
      if (quiet > 0.08 * SAMPLE_RATE) found.push(at / CHANNELS / SAMPLE_RATE);
      quiet = 0;
    } else quiet += 1;
  }
  return found;
}

test('words after pauses begin where the sound of the clip does, also where it is said faster', async () => {
  const words = 'Morning. The harbour wakes. Boats leave. Dr. Smith counts 1,200 gulls.';
  for (const durationSeconds of [9, 6]) {
    const { track, words: said } = await speak(words, 'cinematic', durationSeconds, temporaryFolder('voice'));
    expect(said).toBe(words);
    const order = { words, style: 'cinematic', durationSeconds };
    const times = await wordTimes({ ...order, workDirectory: temporaryFolder('voice') });
    expect(times.map(({ word }) => word)).toEqual(words.split(' '));
    const heard = onsets(track);
    for (const word of ['Morning.', 'The', 'Boats', 'Dr.']) {
      const { startSeconds } = times.find((time) => time.word === word)!;
      const nearest = Math.min(...heard.map((onset) => Math.abs(onset - startSeconds)));
      expect(nearest, `${word} in ${durationSeconds} s`).toBeLessThan(0.08);
    }
    const all = times.flatMap((time) => [time.startSeconds, time.endSeconds]);
    expect(all).toEqual(all.toSorted((one, other) => one - other));
    expect(all.at(-1)).toBeLessThanOrEqual(durationSeconds);
  }
});
