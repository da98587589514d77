/** The narration of a film that was made here: nobody has to hear it, for its words are known. */
import type { Project } from '../../../generated/prisma/client.ts';
import type { SpeechSpan } from '../../../media/speech/speech-spans.ts';
import { requireCapability } from '../../../providers/registry.ts';
import { spreadTokens } from '../../../subtitles/words/spread-tokens.ts';
import { tokensOf } from '../../../subtitles/words/tokens.ts';
import type { SpokenWord } from '../../../text/timed-words.ts';
import { spokenOf } from '../../storyboards/speech.ts';
import { type FilmScene, scenesOfFilm } from '../../videos/scenes-of-film.ts';
import { alignedWords, inOrder, type KnownStretch } from './aligned-words.ts';
import type {
  Heard,
  HearOptions,
  HearRequest,
  SourceCtx,
  SourceVideo,
  TranscriptSourceEntry,
} from './source.ts';
import { withSpeech } from './with-speech.ts';

/** Of a scene that speaks. */
type Narrated = FilmScene & { narration: string };

export const scriptSource: TranscriptSourceEntry = {
  source: 'SCRIPT',
  whyNot: async (ctx, video) => {
    const found = await narratedOf(ctx, video);
    return typeof found === 'string' ? found : null;
  },

  async hear(ctx, request, options) {
    const found = await narratedOf(ctx, request.video);
    if (typeof found === 'string') throw new Error(found);
    const { project, scenes } = found;
    const voice = requireCapability(project.provider, 'CLIP').voice;
    if (!voice) return hearWords(request, scenes, options);
    const words: SpokenWord[] = [];
    for (const [index, { narration, startSeconds, endSeconds }] of scenes.entries()) {
      options.signal.throwIfAborted();
      const order = { words: narration, style: project.style, durationSeconds: project.targetClipDuration };
      const told = await voice.timesOf(order, { signal: options.signal });
      const held = (seconds: number) => Math.min(endSeconds, startSeconds + seconds);
      for (const word of told)
        words.push({ ...word, startSeconds: held(word.startSeconds), endSeconds: held(word.endSeconds) });
      options.onProgress?.((index + 1) / scenes.length);
    }
    return { ...KNOWN, words: inOrder(words), language: voice.language, isSpread: false, warnings: [] };
  },
};

const KNOWN = { model: null, confidence: null };

/** The scenes that speak, or why nobody can tell what is said. */
async function narratedOf(
  { db }: Pick<SourceCtx, 'db'>,
  video: SourceVideo,
): Promise<{ project: Project; scenes: Narrated[] } | string> {
  if (video.projectId === null)
    return 'It was not made here, or its project is gone: there is no script of it.';
  const film = await scenesOfFilm(db, video);
  if (!film) return 'Its project has other scenes by now; stitch the film again (stitchFilm).';
  const scenes = film.scenes.flatMap((scene): Narrated[] => {
    const narration = scene.scene.withoutSound ? null : spokenOf(scene.scene);
    return narration === null ? [] : [{ ...scene, narration }];
  });
  const anew = film.scenes.filter(({ isMadeAnew }) => isMadeAnew).map(({ scene }) => scene.sceneIndex + 1);
  if (anew.length > 0)
    return `Made anew since it was stitched: scene ${anew.join(', ')}; stitch the film again (stitchFilm).`;
  if (scenes.length === 0) return 'No scene of it has a narration that is spoken.';
  return { project: film.project, scenes };
}

/** Of a voice that does not tell when it says what. */
const hearWords = (request: HearRequest, scenes: readonly Narrated[], options: HearOptions): Promise<Heard> =>
  withSpeech(request, options.signal, async ({ speechFile, spans }) => {
    const { language } = request;
    const stretches = scenes.map((scene) => stretchOf(scene, spans, language));
    const { words, unaligned } = await alignedWords(speechFile, stretches, language, options);
    const told = 'The words are those that the clips were asked to speak; nobody has heard whether they do.';
    return {
      ...KNOWN,
      words: inOrder(words, request.video.durationSeconds),
      language,
      isSpread: unaligned > 0,
      warnings: [told],
    };
  });

/** The words of a scene over the time in which somebody may speak in it. */
function stretchOf(
  { narration, startSeconds, endSeconds }: Narrated,
  spans: readonly SpeechSpan[],
  language: string | null,
): KnownStretch {
  const heard = spans.filter((span) => span.startSeconds < endSeconds && span.endSeconds > startSeconds);
  const from = Math.max(startSeconds, heard[0]?.startSeconds ?? startSeconds);
  const to = Math.min(endSeconds, heard.at(-1)?.endSeconds ?? endSeconds);
  return {
    startSeconds,
    endSeconds,
    words: spreadTokens(tokensOf(narration, language ?? undefined), from, to),
  };
}
