import type { VideoClipSource } from '../../generated/prisma/client.ts';
import type { ClipVerdict } from '../clip-verdict.ts';
import {
  type AspectRatio,
  type BoughtClip,
  type Capabilities,
  type ProviderAdapter,
  type RemoteClips,
  type Size,
} from '../provider.ts';
import { snapSeconds } from '../clip-length.ts';
import { checkGoogle } from './check.ts';
import { type GoogleClient, openClient } from './client.ts';
import { purchase, tellForAll } from './for-all.ts';
import type { GoogleSettings } from './google-settings.ts';
import { drawKeyframe } from './keyframe.ts';
import { type ModelMemory, openModelMemory } from './model-memory.ts';
import type { GoogleModel, Resolution } from './models.ts';
import { cancelOmni, downloadOmni, isInteraction, pollOmni, submitOmni } from './omni.ts';
import { READ_SECONDS } from './omni/hear-interaction.ts';
import { KNOWN, LIMIT_SECONDS } from './omni/transports.ts';
import { quoteClip, quoteKeyframe } from './quotes.ts';
import { speechOf } from './speech.ts';
import { quoteStoryboard, writeStoryboard } from './storyboard.ts';
import { STYLE_WORDS } from './styles.ts';
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

/**
 * Makes films by Google's models: Gemini writes and draws, Veo or Omni films. What it costs and where the models are is
 * in `models.ts`. Nothing of the SDK is loaded before the first call.
 */
export function googleProvider(settings: GoogleSettings): ProviderAdapter {
  const client = openClient(settings);
  const { models, resolution, rates } = settings;
  const memory = openModelMemory(client);
  const lengthsOf = (clipsFrom: VideoClipSource) =>
    client.lengths.of({ model: models.CLIP, resolution, clipsFrom });
  return {
    name: 'GOOGLE',
    label: `Google (${models.CLIP.name})`,
    capabilities: capabilitiesOf(settings, lengthsOf),
    rateLimits: rates,
    models,
    quotes: {
      STORYBOARD: quoteStoryboard,
      KEYFRAME: (request) => quoteKeyframe(resolution, request),
      CLIP: (request) => {
        const lengths = lengthsOf(request.clipsFrom ?? 'KEYFRAMES');
        return quoteClip(settings, snapSeconds(lengths, request.durationSeconds), request);
      },
    },
    writeStoryboard: (request, _reservation, options) =>
      purchase(client, memory, 'STORYBOARD', () => writeStoryboard(client, request, options)),
    drawKeyframe: (request, _reservation, options) =>
      purchase(client, memory, 'KEYFRAME', () => drawKeyframe(client, request, options)),
    clips: clipsOf(client, memory),
    speak: ({ durationSeconds, clipsFrom, ...order }) =>
      speechOf({
        ...order,
        clipsFrom,
        durationSeconds: snapSeconds(lengthsOf(clipsFrom), durationSeconds),
      }),
    softens: true,
    askForModels: (calls) => Promise.all(calls.map((call) => memory.of(models[call]))),
    check: () => checkGoogle(client, memory),
  };
}

type LengthsOf = (clipsFrom: VideoClipSource) => readonly number[];

function capabilitiesOf({ models, resolution }: GoogleSettings, lengthsOf: LengthsOf): Capabilities {
  const { video } = models.CLIP;
  const asked = video?.lengths.filter(({ clipsFrom }) => clipsFrom === 'KEYFRAMES') ?? [];
  const seconds = asked.flatMap((lengths) => lengths.seconds);
  const [long, short] = SIDES[resolution];
  const sizes: Partial<Record<AspectRatio, Size>> = {
    '16:9': { width: long, height: short },
    '9:16': { width: short, height: long },
  };
  return {
    styles: Object.keys(STYLE_WORDS),
    aspectRatios: ASPECT_RATIOS,
    clipSeconds: { min: Math.min(...seconds), max: Math.max(...seconds) },
    clipLengths: lengthsOf,
    sizes,
    narration: true,
    clipWishes: video?.wishes ?? [],
    references: {
      // A last frame is drawn from the first one too.
      maxPerFrame: Math.max(0, models.KEYFRAME.maxInputPictures - 1),
      maxPerClip: video?.maxReferences ?? 0,
    },
  };
}

/** Bought from the model that is configured; asked about and fetched by what a name says, whoever bought it. */
function clipsOf(client: GoogleClient, memory: ModelMemory): RemoteClips {
  const { models, pollSeconds, waitSeconds, missingSeconds } = client.settings;
  const tell = (model: GoogleModel, told: ClipVerdict) => tellForAll(client, memory, model, told);
  const withWord = ({ verdict, ...bought }: BoughtClip): BoughtClip =>
    verdict ? { ...bought, verdict: tell(models.CLIP, verdict) } : bought;
  return {
    kind: 'OPERATION',
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
    submitSeconds: submitSecondsOf(client.settings),
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
