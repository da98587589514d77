/** What this process was given to reach Google with. */
import { InvalidSettingsError } from '../../platform/config.ts';
import type { Settings } from '../../platform/settings/settings.ts';
import type { RateLimit } from '../rate-limit.ts';
import { ratesOf } from './rates.ts';
import { type GoogleCall, type GoogleModel, modelsFor, type Resolution, type Surface } from './models.ts';
import type { Transport } from './omni/transports.ts';

type Access =
  | { surface: 'GEMINI'; apiKey: string }
  /** With application default credentials. `location` is where Gemini models are asked for. */
  | { surface: 'VERTEX'; project: string; location: string };

export type GoogleSettings = Access & {
  /** In place of Google's own address, also for downloads; null for Google's. */
  baseUrl: string | null;
  /** Version of the API; null for the SDK's default. */
  apiVersion: string | null;
  models: Readonly<Record<GoogleCall, GoogleModel>>;
  /** Of clips. */
  resolution: Resolution;
  /** How often Google is asked for a frame, and for a clip. */
  rates: Readonly<Record<'KEYFRAME' | 'CLIP', RateLimit>>;
  pollSeconds: number;
  /** For how long a clip that Google does not know is asked about again, in seconds. */
  missingSeconds: number;
  /** First wait where Google is overloaded, or takes no more, and does not say for how long. */
  waitSeconds: number;
  /** How long it is waited for so, in seconds in all. */
  patienceSeconds: number;
  /** Longest that a call may take, in seconds. */
  timeoutSeconds: number;
  /** Folder in Cloud Storage where clips made on Vertex are put; null to have them sent. */
  outputUri: string | null;
  /** How Omni is asked for clips; `auto` for what is known to work. */
  omniTransport: Transport | 'auto';
  /** Longest that the file of a finished clip is waited for, in seconds. */
  fileSeconds: number;
};

/** Where Gemini models are, unless one of the multi-regions is set. */
const ANYWHERE = 'global';
/**
 * Places of many regions that have the Gemini models of Vertex, too; a region alone has none of them
 * (docs.cloud.google.com/vertex-ai/generative-ai/docs/learn/locations, 2026-11).
 */
const MULTI_REGIONS: readonly string[] = ['us', 'eu'];

/**
 * The settings of the Google provider; null if neither a key nor a project is given.
 *
 * @param now a model whose day has come by then is no default.
 * @throws {InvalidSettingsError} naming each setting that does not fit the others.
 */
export function googleSettings(settings: Settings, now: Date = new Date()): GoogleSettings | null {
  const access = accessOf(settings);
  if (access === null) return null;
  const problems: string[] = [];
  const { surface } = access;
  const choice = (call: GoogleCall) => modelsFor(call, surface, now);
  const models = {
    STORYBOARD: choose(
      'VIDPIPE_GOOGLE_TEXT_MODEL',
      settings.googleTextModel,
      choice('STORYBOARD'),
      surface,
      problems,
    ),
    KEYFRAME: choose(
      'VIDPIPE_GOOGLE_IMAGE_MODEL',
      settings.googleImageModel,
      choice('KEYFRAME'),
      surface,
      problems,
    ),
    CLIP: choose('VIDPIPE_GOOGLE_VIDEO_MODEL', settings.googleVideoModel, choice('CLIP'), surface, problems),
    TRANSCRIPT: choose(
      'VIDPIPE_GOOGLE_TRANSCRIPT_MODEL',
      settings.googleTranscriptModel,
      choice('TRANSCRIPT'),
      surface,
      problems,
    ),
  };
  const { googleResolution: resolution } = settings;
  const able = models.CLIP.video?.resolutions ?? [];
  if (!able.includes(resolution)) {
    problems.push(
      `VIDPIPE_GOOGLE_RESOLUTION: ${models.CLIP.name} makes ${able.join(', ')}, not ${resolution}.`,
    );
  }
  if (problems.length > 0) throw new InvalidSettingsError(problems);
  const baseUrl = access.surface === 'VERTEX' ? settings.vertexBaseUrl : settings.geminiBaseUrl;
  return {
    ...access,
    baseUrl,
    apiVersion: settings.googleApiVersion,
    models,
    resolution,
    rates: ratesOf(settings, models.CLIP),
    pollSeconds: settings.googlePollSeconds,
    missingSeconds: settings.googleMissingSeconds,
    waitSeconds: settings.googleWaitSeconds,
    patienceSeconds: settings.googlePatienceSeconds,
    timeoutSeconds: settings.googleTimeoutSeconds,
    outputUri: settings.googleOutputUri,
    omniTransport: settings.googleOmniTransport,
    fileSeconds: settings.googleFileSeconds,
  };
}

function accessOf(settings: Settings): Access | null {
  const { googleUseVertexai, googleCloudProject: project, googleCloudLocation } = settings;
  if (googleUseVertexai) {
    const location = MULTI_REGIONS.find((place) => place === googleCloudLocation) ?? ANYWHERE;
    if (project !== null) return { surface: 'VERTEX', project, location };
    throw new InvalidSettingsError([
      'GOOGLE_CLOUD_PROJECT: is missing; GOOGLE_GENAI_USE_VERTEXAI needs the project that pays.',
    ]);
  }
  // As the SDK does: of two keys, this one.
  const apiKey = settings.googleApiKey ?? settings.geminiApiKey;
  return apiKey === null ? null : { surface: 'GEMINI', apiKey };
}

function choose(
  setting: string,
  wanted: string | null,
  models: readonly GoogleModel[],
  surface: Surface,
  problems: string[],
): GoogleModel {
  const [first] = models;
  if (!first) throw new Error(`No model of Google's on ${surface} for ${setting}.`);
  if (wanted === null) return first;
  const found = models.find(({ name }) => name === wanted);
  if (!found) {
    const known = models.map(({ name }) => name).join(', ');
    const where = surface === 'VERTEX' ? 'Vertex AI' : 'the Gemini API';
    problems.push(`${setting}: must be one of ${known} on ${where}, not ${wanted}.`);
  }
  return found ?? first;
}
