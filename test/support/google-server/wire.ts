/**
 * Requests as @google/genai 3.1.0 sends them, recorded with the real SDK. Strict, as Google is: a field that it does not
 * know is refused.
 */
import { z } from 'zod';

const base64 = z.base64().min(1);
const pictureType = z.enum(['image/png', 'image/jpeg']);

const part = z.union([
  z.strictObject({ text: z.string().min(1) }),
  z.strictObject({ inlineData: z.strictObject({ mimeType: pictureType, data: base64 }) }),
]);

const content = z.strictObject({ role: z.literal('user'), parts: z.array(part).min(1) });

/** A schema of JSON answers. Bounds are refused: Google's models take them, until they are "too many states" (2026-09-26). */
const answerSchema: z.ZodType = z.lazy(() =>
  z.strictObject({
    type: z.enum(['object', 'array', 'string', 'integer', 'number', 'boolean']),
    description: z.string().optional(),
    properties: z.record(z.string(), answerSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.boolean().optional(),
    items: answerSchema.optional(),
  }),
);

/** `generateContent`, for text and for pictures. */
export const contentRequest = z.strictObject({
  contents: z.array(content).length(1),
  systemInstruction: z
    .strictObject({ role: z.literal('user'), parts: z.array(z.strictObject({ text: z.string() })) })
    .optional(),
  generationConfig: z.strictObject({
    thinkingConfig: z.strictObject({ thinkingLevel: z.enum(['LOW', 'MEDIUM', 'HIGH']) }).optional(),
    seed: z.int().optional(),
    temperature: z.number().min(0).max(2).optional(),
    topP: z.number().min(0).max(1).optional(),
    topK: z.int().min(1).optional(),
    maxOutputTokens: z.int().min(1).optional(),
    responseMimeType: z.literal('application/json').optional(),
    responseJsonSchema: answerSchema.optional(),
    responseModalities: z.array(z.literal('IMAGE')).optional(),
    imageConfig: z
      .strictObject({ aspectRatio: z.enum(['16:9', '9:16', '1:1']), imageSize: z.enum(['1K', '2K', '4K']) })
      .optional(),
  }),
});
export type ContentRequest = z.infer<typeof contentRequest>;

const soundType = z.enum(['audio/m4a', 'audio/wav', 'audio/flac', 'audio/mp3', 'audio/ogg']);

/** `generateContent` of a model that hears: a sound and nothing beside it. */
export const hearingRequest = z.strictObject({
  contents: z
    .array(
      z.strictObject({
        role: z.literal('user'),
        parts: z
          .array(z.strictObject({ inlineData: z.strictObject({ mimeType: soundType, data: base64 }) }))
          .length(1),
      }),
    )
    .length(1),
  generationConfig: z.strictObject({
    audioTranscriptionConfig: z.strictObject({
      languageCodes: z.array(z.string().min(2)).optional(),
      customVocabulary: z.array(z.string()).optional(),
      wordTimestamp: z.boolean().optional(),
      diarization: z.boolean().optional(),
      mode: z.enum(['VERBATIM', 'SMART']).optional(),
    }),
  }),
});

/** The same by `interactions.create`. */
export const listeningRequest = z.strictObject({
  model: z.string(),
  input: z.array(z.strictObject({ type: z.literal('audio'), data: base64, mime_type: soundType })).length(1),
  generation_config: z.strictObject({
    transcription_config: z.strictObject({
      language_codes: z.array(z.string().min(2)).optional(),
      mode: z.strictObject({
        type: z.literal('verbatim'),
        diarization_mode: z.literal('speaker').optional(),
        timestamp_granularities: z.array(z.literal('word')).optional(),
      }),
    }),
  }),
  store: z.literal(false),
});

const veoPicture = z.strictObject({ bytesBase64Encoded: base64, mimeType: pictureType });

/** Veo's `predictLongRunning`. */
export const veoRequest = z.strictObject({
  instances: z
    .array(
      z.strictObject({
        prompt: z.string().min(1),
        image: veoPicture.optional(),
        lastFrame: veoPicture.optional(),
        referenceImages: z
          .array(z.strictObject({ image: veoPicture, referenceType: z.literal('ASSET') }))
          .min(1)
          .max(3)
          .optional(),
      }),
    )
    .length(1),
  parameters: z.strictObject({
    sampleCount: z.literal(1),
    storageUri: z.string().startsWith('gs://').optional(),
    durationSeconds: z.literal([4, 6, 8]),
    seed: z.int().min(0).optional(),
    aspectRatio: z.enum(['16:9', '9:16']),
    resolution: z.enum(['720p', '1080p', '4k']),
    personGeneration: z.enum(['allow_adult', 'allow_all', 'dont_allow']).optional(),
    negativePrompt: z.string().min(1).optional(),
    generateAudio: z.boolean(),
  }),
});
export type VeoRequest = z.infer<typeof veoRequest>;

export const veoPoll = z.strictObject({ operationName: z.string().min(1) });

const videoFormat = z.strictObject({
  type: z.literal('video'),
  aspect_ratio: z.enum(['16:9', '9:16']),
  duration: z.string().regex(/^([3-9]|1[0-5])s$/),
  resolution: z.enum(['360p', '720p', '1080p', '4k']),
  delivery: z.enum(['inline', 'uri']),
  gcs_uri: z.string().startsWith('gs://').optional(),
});

/** Omni's `interactions.create`: in the background, held until it has ended, or as a stream. */
export const omniRequest = z.strictObject({
  model: z.string(),
  input: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('image'), data: base64, mime_type: pictureType }),
        z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
      ]),
    )
    .min(1),
  response_format: z.union([videoFormat, z.array(videoFormat).length(1)]),
  generation_config: z
    .strictObject({
      seed: z.int().optional(),
      video_config: z.strictObject({ task: z.enum(['image_to_video', 'reference_to_video']) }).optional(),
    })
    .optional(),
  background: z.boolean().optional(),
  store: z.boolean().optional(),
  stream: z.boolean().optional(),
});
export type OmniRequest = z.infer<typeof omniRequest>;

/** What a clip is asked to be; alone in a list, or not in one. */
export function formatOf({ response_format: format }: OmniRequest): z.infer<typeof videoFormat> {
  const [only] = Array.isArray(format) ? format : [format];
  if (!only) throw new Error('A list of one has none.');
  return only;
}

/** Seconds that Omni makes at most: fifteen of 1.2, but between two frames ten. */
export const longestOf = ({ model, generation_config: config }: OmniRequest): number =>
  model === 'gemini-omni-1.2-flash' && config?.video_config?.task === 'reference_to_video' ? 15 : 10;
