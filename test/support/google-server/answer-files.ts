/** Scenarios of the recorded answers (test/fixtures/google): each file says one thing in one place. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Money, Place, Scenario } from './scenario.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/google', import.meta.url));

/** Where a file's answer is said, and what it comes to; of a file with several, by their keys. */
type Row = [
  file: string,
  at: Place,
  money: Money,
  more?: Partial<Scenario> & { key?: string; status?: number },
];

/** All that are no headers, no usages and no other uses than ours. */
const ROWS: readonly Row[] = [
  // omni
  ['omni/poll-400-generic-passing', 'POLL', 'SOLD', { passes: true }],
  ['omni/poll-400-input-blocked', 'POLL', 'NOBODY_KNOWS', { atOnce: true }],
  ['omni/poll-400-real-people', 'POLL', 'NOBODY_KNOWS', { atOnce: true }],
  ['omni/poll-400-invalid-interaction-name', 'POLL', 'NOBODY_KNOWS'],
  ['omni/poll-400-multiple-credentials', 'POLL', 'NOBODY_KNOWS', { atOnce: true }],
  ['omni/poll-404-not-found', 'POLL', 'NOBODY_KNOWS'],
  ['omni/poll-completed-inline-vertex', 'POLL', 'SOLD'],
  ['omni/poll-completed-text-only-refusal', 'POLL', 'SOLD'],
  ['omni/poll-completed-uri', 'POLL', 'SOLD'],
  ['omni/poll-too-many-requests', 'POLL', 'NOBODY_KNOWS', { atOnce: true, status: 429 }],
  ['omni/vertex-failed-content-blocked', 'POLL', 'NOBODY_KNOWS'],
  ['omni/post-400-duration-too-long', 'SUBMIT', 'FREE'],
  ['omni/post-400-duration-with-edit', 'SUBMIT', 'FREE'],
  ['omni/post-400-output-filter', 'SUBMIT', 'NOBODY_KNOWS'],
  ['omni/post-400-unknown-parameter', 'SUBMIT', 'FREE'],
  ['omni/post-402-payment-required', 'SUBMIT', 'FREE'],
  ['omni/post-404-model', 'SUBMIT', 'FREE'],
  ['omni/post-429-daily', 'SUBMIT', 'FREE'],
  ['omni/post-429-free-tier', 'SUBMIT', 'FREE'],
  ['omni/file-400-not-active', 'DOWNLOAD', 'SOLD', { passes: true }],
  ['omni/files', 'FILE', 'SOLD', { key: 'processing', passes: true }],
  ['omni/files', 'FILE', 'SOLD', { key: 'failed' }],
  // Veo on Vertex
  ...(['done-inline', 'done-gcs'] as const).map((key) => veo(key, 'POLL', 'SOLD')),
  ...(
    [
      'filtered-output',
      'filtered-audio',
      'filtered-children',
      'error-input-image',
      'error-person',
      'error-words',
    ] as const
  ).map((key) => veo(key, 'POLL', 'FREE')),
  // That these are free is told by callers, not by Google.
  ...(['error-duration', 'error-internal', 'error-service-agent'] as const).map((key) =>
    veo(key, 'POLL', 'NOBODY_KNOWS'),
  ),
  veo('submit-429', 'SUBMIT', 'FREE', 429),
  // pictures
  ['veo-images-text/image-3.1-flash-image.200', 'KEYFRAME', 'SOLD'],
  ['veo-images-text/told.image-3-pro-image-usage', 'KEYFRAME', 'SOLD'],
  ['veo-images-text/image-no-image.200', 'KEYFRAME', 'SOLD'],
  ['veo-images-text/image-prompt-blocked.200', 'KEYFRAME', 'SOLD'],
  ['veo-images-text/told.image-other', 'KEYFRAME', 'FREE'],
  ['veo-images-text/told.image-prohibited-role-only', 'KEYFRAME', 'FREE'],
  ['veo-images-text/told.image-safety-null-parts', 'KEYFRAME', 'FREE'],
  // storyboards
  ['veo-images-text/text-prompt-blocked.200', 'STORYBOARD', 'SOLD'],
  ['veo-images-text/text-3.7-flash-low.200', 'STORYBOARD', 'SOLD'],
  ['veo-images-text/text-usage-with-thoughts-and-tools.200', 'STORYBOARD', 'SOLD'],
  ['veo-images-text/gemini-max-tokens-thoughts-only.200', 'STORYBOARD', 'SOLD', { key: 'body' }],
  ['veo-images-text/vertex-2.5-flash-json-schema.200', 'STORYBOARD', 'SOLD', { key: 'body' }],
  ['veo-images-text/400-thinking-level', 'STORYBOARD', 'FREE', { status: 400 }],
  ['veo-images-text/400-thinking-level-and-budget', 'STORYBOARD', 'FREE', { status: 400 }],
  error('400-schema', 'STORYBOARD'),
  error('400-schema-in-details', 'STORYBOARD'),
  // errors of any call
  ...(['STORYBOARD', 'KEYFRAME', 'SUBMIT'] as const).flatMap((at): Row[] => [
    ['veo-images-text/429-per-minute', at, 'FREE', { status: 429 }],
    error('503-high-demand', at),
    error('429-vertex-shared', at),
    error('429-prepay', at),
    error('429-spend-cap', at),
    error('404-vertex-model', at),
    error('404-gemini-model', at),
  ]),
  // what is heard
  ...(
    [
      'gc-words-diarized',
      'gc-words-docs-labels',
      'gc-plain-text-only-in-audioTranscription',
      'gc-empty-part-200',
      'gc-empty-200-transient',
      'gc-blocked-prohibited',
      'gc-recitation',
      'gc-max-tokens-by-thinking',
      'int-words-diarized',
      'int-nested-mode-ignored-no-words',
      'int-odd-words',
      'int-silence-empty-content',
      'int-silence-no-steps',
      'int-text-but-zero-output-tokens',
    ] as const
  ).map((file): Row => [`hearing/${file}`, 'TRANSCRIPT', 'SOLD']),
  ...(
    [
      'err-400-bad-key',
      'err-400-smart-with-timestamps',
      'err-400-thinking-minimal',
      'err-400-vocabulary-with-diarization',
      'err-400-vocabulary-with-timestamps',
      'err-404-vertex-ga-id',
      'err-429-free-requests',
      'err-429-free-tokens-per-minute',
      'err-429-prepay-empty',
    ] as const
  ).map((file): Row => [`hearing/${file}`, 'TRANSCRIPT', 'FREE', { status: Number(file.slice(4, 7)) }]),
  error('400-use-case', 'SUBMIT'),
  error('400-allow-all', 'SUBMIT'),
];

function veo(key: string, at: Place, money: Money, status = 200): Row {
  return ['veo-images-text/told.veo-vertex', at, money, { key, status }];
}

function error(key: string, at: Place): Row {
  return ['veo-images-text/told.errors', at, 'FREE', { key, status: Number(key.slice(0, 3)) }];
}

/** One scenario a row; named by its file, its key and, where it may be said in several, its place. */
export const answerScenarios = (): Scenario[] => ROWS.map(scenarioOf);

/** A file of them, as it is. */
export const readAnswerFile = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(FIXTURES, `${file}.json`), 'utf8')) as Record<string, unknown>;

function scenarioOf([file, at, money, { key, status, ...more } = {}]: Row): Scenario {
  const content = readAnswerFile(file);
  const http = content['_http'] as { status: number | null } | undefined;
  const body = key === undefined ? (http ? content['body'] : content) : content[key];
  if (body === undefined) throw new Error(`${file} has no ${key ?? 'body'}.`);
  const saysAnywhere = ROWS.filter((row) => row[0] === file && row[3]?.key === key).length > 1;
  const name = [file, ...(key ? [key] : []), ...(saysAnywhere ? [at] : [])].join(' ');
  return { name, at, money, says: [{ status: status ?? http?.status ?? 200, body }], ...more };
}
