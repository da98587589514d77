/** The steps that make what players need of a film. */
import { poster } from '../../media/still/poster.ts';
import { makeProxy } from '../../media/ingest/make-proxy.ts';
import { makeSprite } from '../../media/ingest/make-sprite.ts';
import { readLevels } from '../../media/sound/levels.ts';
import { findShots } from '../../media/shots/find-shots.ts';
import { LEVEL_STEP_SECONDS } from '../videos/survey/survey.ts';
import { surveySound } from '../../media/sound/survey-sound.ts';
import { keepPatiently } from '../../platform/storage/keep-patiently.ts';
import { assetStep } from './asset.ts';

/** Where the picture of the poster is taken, as a share of the film: past any title. */
const POSTER_AT = 1 / 3;

export const posterStep = assetStep({
  name: 'make-poster',
  share: 'POSTER',
  noun: 'a poster',
  isThere: ({ posterPath }) => posterPath !== null,
  make: ({ storage }, { filePath, durationSeconds }, { keyOf, signal }) =>
    storage.withFiles([filePath], ([film = '']) =>
      storage.withTemporary('jpg', async (picture) => {
        await poster(film, durationSeconds * POSTER_AT, picture, { signal });
        const posterPath = keyOf('poster', 'jpg');
        await keepPatiently(storage, picture, posterPath, signal);
        return { posterPath };
      }),
    ),
});

/** The copy first: it has a keyframe a second, of which the small pictures are made. */
export const proxyStep = assetStep({
  name: 'make-proxy',
  share: 'PROXY',
  noun: 'a copy for browsers, and small pictures',
  isThere: ({ proxyPath }) => proxyPath !== null,
  make: ({ storage }, { filePath, durationSeconds }, { keyOf, signal, onSeconds }) =>
    storage.withFiles([filePath], ([film = '']) =>
      storage.withTemporary('mp4', (copy) =>
        storage.withTemporary('jpg', async (sheet) => {
          await makeProxy({ file: film, durationSeconds, toFile: copy }, { signal, onProgress: onSeconds });
          const small = { file: copy, durationSeconds, toFile: sheet };
          const { everySeconds } = await makeSprite(small, { signal });
          const [proxyPath, spritePath] = [keyOf('proxy', 'mp4'), keyOf('sprite', 'jpg')];
          await keepPatiently(storage, sheet, spritePath, signal);
          await keepPatiently(storage, copy, proxyPath, signal);
          return { proxyPath, spritePath, spriteEverySeconds: everySeconds };
        }),
      ),
    ),
});

export const surveyStep = assetStep({
  name: 'survey-sound',
  share: 'SURVEY',
  noun: 'its waveform, and knows its shots',
  isThere: ({ audioCodec, peaksPath }) => audioCodec === null || peaksPath !== null,
  make: ({ storage }, { filePath, durationSeconds }, { keyOf, signal, onSeconds }) =>
    storage.withFiles([filePath], ([film = '']) =>
      storage.withTemporary('json', (peaks) =>
        storage.withTemporary('s16', async (speech) => {
          const asked = { file: film, durationSeconds, peaksFile: peaks, speechFile: speech };
          const { loudness } = await surveySound(asked, { signal, onProgress: onSeconds });
          const levels = await readLevels(speech, LEVEL_STEP_SECONDS);
          const shotChanges = await findShots({ file: film, durationSeconds }, { signal });
          // What a run that looks for moments would measure: it finds it here.
          const measured = { levels, shotChanges, levelStepSeconds: LEVEL_STEP_SECONDS };
          const peaksPath = keyOf('peaks', 'json');
          await keepPatiently(storage, peaks, peaksPath, signal);
          const told = { loudnessLufs: loudness.lufs, truePeakDb: loudness.truePeakDb };
          return { peaksPath, ...told, survey: { upsert: { create: measured, update: {} } } };
        }),
      ),
    ),
});
