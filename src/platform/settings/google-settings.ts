import { z } from 'zod';
import { matching, webAddress, wholeNumber } from './read-text.ts';

/** How Google is reached, by which models, how often and how patiently. */
export const GOOGLE_SETTINGS = {
  geminiApiKey: {
    name: 'GEMINI_API_KEY',
    schema: matching(/^\S+$/),
    fallback: null,
    accepts: 'an API key of Google AI Studio',
    meaning: "Pays for films by Google's Gemini API.",
  },
  googleApiKey: {
    name: 'GOOGLE_API_KEY',
    schema: matching(/^\S+$/),
    fallback: null,
    accepts: 'an API key of Google AI Studio',
    meaning: 'The same as GEMINI_API_KEY; wins if both are set.',
  },
  googleUseVertexai: {
    name: 'GOOGLE_GENAI_USE_VERTEXAI',
    schema: z.stringbool({ truthy: ['true'], falsy: ['false'] }),
    fallback: 'false',
    accepts: 'true or false',
    meaning: 'Whether films by Google are made on Vertex AI, with application default credentials.',
  },
  googleCloudProject: {
    name: 'GOOGLE_CLOUD_PROJECT',
    schema: matching(/^[\w.:-]+$/),
    fallback: null,
    accepts: 'the id of a Google Cloud project',
    meaning: 'Project that pays for Vertex AI.',
  },
  googleCloudLocation: {
    name: 'GOOGLE_CLOUD_LOCATION',
    schema: matching(/^[\w-]+$/),
    fallback: null,
    accepts: 'a location of Google Cloud, as in global or europe-west4',
    meaning: 'Where Gemini models are asked for on Vertex AI: us or eu, and global for any other.',
  },
  geminiBaseUrl: {
    name: 'GOOGLE_GEMINI_BASE_URL',
    schema: webAddress,
    fallback: null,
    accepts: 'a web address',
    meaning: "Speaks the Gemini API in Google's place, downloads included.",
  },
  vertexBaseUrl: {
    name: 'GOOGLE_VERTEX_BASE_URL',
    schema: webAddress,
    fallback: null,
    accepts: 'a web address',
    meaning: "Speaks Vertex AI and Cloud Storage in Google's place.",
  },
  googleApiVersion: {
    name: 'GOOGLE_GENAI_API_VERSION',
    schema: matching(/^v\d+((alpha|beta)\d*)?$/),
    fallback: null,
    accepts: 'a version, as in v1beta',
    meaning:
      "Version of Google's API; v1 for the Gemini API (v1beta for Omni) and v1beta1 for Vertex AI unless set.",
  },
  googleTextModel: {
    name: 'VIDPIPE_GOOGLE_TEXT_MODEL',
    schema: matching(/^[\w.-]+$/),
    fallback: null,
    accepts: 'a model that docs/google.md lists',
    meaning: 'Writes storyboards.',
  },
  googleImageModel: {
    name: 'VIDPIPE_GOOGLE_IMAGE_MODEL',
    schema: matching(/^[\w.-]+$/),
    fallback: null,
    accepts: 'a model that docs/google.md lists',
    meaning: 'Draws keyframes.',
  },
  googleVideoModel: {
    name: 'VIDPIPE_GOOGLE_VIDEO_MODEL',
    schema: matching(/^[\w.-]+$/),
    fallback: null,
    accepts: 'a model that docs/google.md lists',
    meaning: 'Makes clips.',
  },
  googleTranscriptModel: {
    name: 'VIDPIPE_GOOGLE_TRANSCRIPT_MODEL',
    schema: matching(/^[\w.-]+$/),
    fallback: null,
    accepts: 'a model that docs/google.md lists',
    meaning: 'Hears what is said in videos.',
  },
  googleResolution: {
    name: 'VIDPIPE_GOOGLE_RESOLUTION',
    schema: z.enum(['360p', '720p', '1080p', '4k']),
    fallback: '720p',
    accepts: '360p, 720p, 1080p or 4k',
    meaning: 'Resolution of clips by Google, where the model has it.',
  },
  googleClipsPerMinute: {
    name: 'VIDPIPE_GOOGLE_CLIPS_PER_MINUTE',
    schema: wholeNumber(1, 1_000).nullable(),
    fallback: null,
    accepts: 'a whole number from 1 to 1000',
    meaning:
      'Clips that are asked of Google in any minute, over all machines; 5 by Omni, 10 by Veo unless set.',
  },
  googleClipsPerDay: {
    name: 'VIDPIPE_GOOGLE_CLIPS_PER_DAY',
    schema: wholeNumber(1, 100_000).nullable(),
    fallback: null,
    accepts: 'a whole number from 1 to 100000',
    meaning:
      'Clips that are asked of Google in a day (midnight Pacific); 90 by Omni, any number by Veo unless set.',
  },
  googleFramesPerMinute: {
    name: 'VIDPIPE_GOOGLE_FRAMES_PER_MINUTE',
    schema: wholeNumber(1, 1_000),
    fallback: '10',
    accepts: 'a whole number from 1 to 1000',
    meaning: "Frames that are asked of Google in any minute, over all machines; the account's quota.",
  },
  googlePollSeconds: {
    name: 'VIDPIPE_GOOGLE_POLL_SECONDS',
    schema: wholeNumber(1, 600),
    fallback: '15',
    accepts: 'a whole number from 1 to 600',
    meaning: 'Seconds between two looks at a clip that Google makes.',
  },
  googleMissingSeconds: {
    name: 'VIDPIPE_GOOGLE_MISSING_SECONDS',
    schema: wholeNumber(0, 86_400),
    fallback: '300',
    accepts: 'a whole number from 0 to 86400',
    meaning: 'How long a clip that Google took and then does not know (404) is asked about again.',
  },
  googleWaitSeconds: {
    name: 'VIDPIPE_GOOGLE_WAIT_SECONDS',
    schema: wholeNumber(1, 600),
    fallback: '30',
    accepts: 'a whole number from 1 to 600',
    meaning:
      'First wait where Google is overloaded and does not say for how long; each after it is twice as long.',
  },
  googlePatienceSeconds: {
    name: 'VIDPIPE_GOOGLE_PATIENCE_SECONDS',
    schema: wholeNumber(0, 86_400),
    fallback: '1500',
    accepts: 'a whole number from 0 to 86400',
    meaning: 'How long a step waits in all where Google is overloaded or takes no more; it then fails.',
  },
  googleTimeoutSeconds: {
    name: 'VIDPIPE_GOOGLE_TIMEOUT_SECONDS',
    schema: wholeNumber(1, 600),
    fallback: '300',
    accepts: 'a whole number from 1 to 600',
    meaning: 'Longest that a call to Google may take; what a paid one came to is unknown after that.',
  },
  googleOutputUri: {
    name: 'VIDPIPE_GOOGLE_OUTPUT_URI',
    schema: matching(/^gs:\/\/[\w.-]+(\/[^?#]*)?$/),
    fallback: null,
    accepts: 'gs://bucket/folder',
    meaning: 'Where clips made on Vertex AI are put in Cloud Storage; without it they are sent.',
  },
  googleOmniTransport: {
    name: 'VIDPIPE_GOOGLE_OMNI_TRANSPORT',
    schema: z.enum(['auto', 'background', 'hold', 'stream']),
    fallback: 'auto',
    accepts: 'auto, background, hold or stream',
    meaning:
      'How Omni is asked for clips: answered at once and read later, when the film is made, or in events; auto takes what is known to work.',
  },
  googleFileSeconds: {
    name: 'VIDPIPE_GOOGLE_FILE_SECONDS',
    schema: wholeNumber(1, 3_600),
    fallback: '240',
    accepts: 'a whole number from 1 to 3600',
    meaning: 'Longest that the file of a finished clip is waited for before the clip is left for later.',
  },
} as const;
