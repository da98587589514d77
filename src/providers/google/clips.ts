/** Clips by whichever of Google's video models is configured. */
import type { VideoClipSource } from '../../generated/prisma/client.ts';
import type { AspectRatio, Size } from '../aspect-ratio.ts';
import type { BoughtClip, ClipLimits, RemoteClips } from '../capabilities/clip.ts';
import { snapSeconds } from '../clip-length.ts';
import type { ClipVerdict } from '../clip-verdict.ts';
import type { GoogleClient } from './client.ts';
import { purchase, tellForAll } from './for-all.ts';
import type { GoogleSettings } from './google-settings.ts';
import type { ModelMemory } from './model-memory.ts';
import type { GoogleModel, Resolution } from './models.ts';
import { cancelOmni, downloadOmni, isInteraction, pollOmni, submitOmni } from './omni.ts';
import { READ_SECONDS } from './omni/hear-interaction.ts';
import { KNOWN, LIMIT_SECONDS } from './omni/transports.ts';
import { quoteClip } from './quotes.ts';
import { speechOf } from './speech.ts';
import { downloadVeo, isVeoOperation, modelOf, pollVeo, submitVeo } from './veo.ts';

/** Polls after which a clip counts as timed out (DOMAIN, Studio step 3). */
const MAX_POLLS = 40;

/** A file of the Gemini API (its Files guide, 2026-10); of an operation's on Vertex nothing is told, a bucket is one's own. */
const KEEPS_FILES_HOURS = 48;

/** Shapes that all of Google's video models make, and no others. */
const ASPECT_RATIOS = ['16:9', '9:16'] as const satisfies AspectRatio[];

/** Pixels of the longer and the shorter side of a clip. */
const SIDES: Readonly<Record<Resolution, [long: number, short: number]>> = {
  '360p': [640, 360],
  '720p': [1280, 720],
  '1080p': [1920, 1080],
  '4k': [3840, 2160],
};

type LengthsOf = (clipsFrom: VideoClipSource) => readonly number[];

function limitsOf({ models, resolution }: GoogleSettings, lengths: LengthsOf): ClipLimits {
  const { video } = models.CLIP;
  const asked = video?.lengths.filter(({ clipsFrom }) => clipsFrom === 'KEYFRAMES') ?? [];
  const seconds = asked.flatMap((each) => each.seconds);
  const [long, short] = SIDES[resolution];
  const sizes: Partial<Record<AspectRatio, Size>> = {
    '16:9': { width: long, height: short },
    '9:16': { width: short, height: long },
  };
  return {
    aspectRatios: ASPECT_RATIOS,
    seconds: { min: Math.min(...seconds), max: Math.max(...seconds) },
    lengths,
    sizes,
    narration: true,
    options: video?.options ?? [],
    maxReferences: video?.maxReferences ?? 0,
  };
}

/** Bought from the model that is configured; asked about and fetched by what a name says, whoever bought it. */
export function googleClips(client: GoogleClient, memory: ModelMemory): RemoteClips {
  const { settings } = client;
  const { models, resolution, pollSeconds, waitSeconds, missingSeconds } = settings;
  const lengthsOf: LengthsOf = (clipsFrom) =>
    client.lengths.of({ model: models.CLIP, resolution, clipsFrom });
  const tell = (model: GoogleModel, told: ClipVerdict) => tellForAll(client, memory, model, told);
  const withWord = ({ verdict, ...bought }: BoughtClip): BoughtClip =>
    verdict ? { ...bought, verdict: tell(models.CLIP, verdict) } : bought;
  return {
    kind: 'OPERATION',
    model: models.CLIP,
    rateLimit: settings.rates.CLIP,
    askForModel: () => memory.of(models.CLIP),
    ...limitsOf(settings, lengthsOf),
    softens: true,
    quote: (asked) =>
      quoteClip(
        settings,
        snapSeconds(lengthsOf(asked.clipsFrom ?? 'KEYFRAMES'), asked.durationSeconds),
        asked,
      ),
    speak: ({ durationSeconds, clipsFrom, ...order }) =>
      speechOf({
        ...order,
        clipsFrom,
        durationSeconds: snapSeconds(lengthsOf(clipsFrom), durationSeconds),
      }),
    submit: (order, _reservation, options) =>
      purchase(client, memory, 'CLIP', async () =>
        models.CLIP.protocol === 'VEO'
          ? submitVeo(client, order, options)
          : withWord(await submitOmni(client, order, options)),
      ),
    poll: async (name, options) =>
      isVeoOperation(name)
        ? tell(modelOf(client, name), await pollVeo(client, name, options))
        : tell(models.CLIP, await pollOmni(client, name, options)),
    download: (uri, toFile, options) =>
      isVeoOperation(uri) || uri.startsWith('gs://')
        ? downloadVeo(client, uri, toFile, options)
        : downloadOmni(client, uri, toFile, options),
    // Veo has no way to stop an operation.
    cancel: async (name, options) => (isInteraction(name) ? cancelOmni(client, name, options) : null),
    submitSeconds: submitSecondsOf(settings),
    pollSeconds,
    pollLimitSeconds: READ_SECONDS,
    maxPolls: MAX_POLLS,
    missingSeconds,
    orderAnewSeconds: waitSeconds,
    keepsFilesHours: KEEPS_FILES_HOURS,
  };
}

/** Between the beginning of a step that buys and its sending, in seconds; ours. */
const MARGIN_SECONDS = 30;

/** Omni may hold an answer until the film is made. */
function submitSecondsOf({ models, omniTransport, surface }: GoogleSettings): number {
  if (models.CLIP.protocol === 'VEO') return LIMIT_SECONDS.background;
  const names = omniTransport === 'auto' ? KNOWN[surface].order : [omniTransport];
  return MARGIN_SECONDS + Math.max(...names.map((name) => LIMIT_SECONDS[name]));
}
