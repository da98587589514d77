/**
 * Makes one real film of one scene by Google, for a person with a key: `npm run smoke:google`. Asks the cheapest models
 * for it, and refuses to begin where that could cost more than 50 cents.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../src/platform/config.ts';
import { googleSettings } from '../src/providers/google/google-settings.ts';
import { googleProvider } from '../src/providers/google/index.ts';
import type { Quote } from '../src/providers/price.ts';
import type { Model } from '../src/providers/provider.ts';
import { MAX_SCENES } from '../src/providers/storyboard-answer.ts';
import { readOptions } from './read-options.ts';

const CAP_CENTS = 50;
const CENT = 10_000;
const PROMPT = 'A paper boat floats on a quiet pond in the morning.';
const SECONDS = 3;
/** The engine's own limits: tries of a storyboard, and frames of one scene with the safety ladder. */
const STORYBOARDS = 3;
const FRAMES = 3;

const environment = {
  VIDPIPE_GOOGLE_IMAGE_MODEL: 'gemini-3.1-flash-image',
  VIDPIPE_GOOGLE_RESOLUTION: '360p',
  ...process.env,
  VIDPIPE_DATA_DIR: mkdtempSync(path.join(tmpdir(), 'vidpipe-smoke-')),
};

function vidpipe(...args: string[]): void {
  const { status } = spawnSync(process.execPath, ['src/main.ts', ...args], {
    env: environment,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Micro-USD that a call costs at most. */
function most({ resolution, most: usage }: Quote, { prices }: Model): number {
  const held = prices.filter((price) => price.resolution === null || price.resolution === resolution);
  return held.reduce((sum, { unit, microUsd }) => sum + (usage[unit] ?? 0) * microUsd, 0);
}

readOptions('Usage: npm run smoke:google   (takes no options)', {});
const settings = googleSettings(loadConfig(environment));
if (!settings) {
  console.error(
    'Set GEMINI_API_KEY, or GOOGLE_GENAI_USE_VERTEXAI=true and GOOGLE_CLOUD_PROJECT (docs/google.md).',
  );
  process.exit(2);
}
const { models, quotes } = googleProvider(settings);
const shape = { aspectRatio: '16:9', targetClipDuration: SECONDS, targetDuration: SECONDS } as const;
const storyboard = { ...shape, prompt: PROMPT, style: 'cinematic', maxScenes: MAX_SCENES };
const microUsd =
  STORYBOARDS * most(quotes.STORYBOARD(storyboard), models.STORYBOARD) +
  FRAMES * most(quotes.KEYFRAME({ ...shape, position: 'START' }), models.KEYFRAME) +
  most(quotes.CLIP({ ...shape, durationSeconds: SECONDS }), models.CLIP);
const cents = Math.ceil(microUsd / CENT);
console.log(`One scene of ${SECONDS} s by ${models.CLIP.name}: at most ${cents} cents.`);
if (cents > CAP_CENTS) {
  console.error(
    `That is more than ${CAP_CENTS} cents; leave the VIDPIPE_GOOGLE_* settings as they are by default.`,
  );
  process.exit(2);
}
const film = path.join(environment.VIDPIPE_DATA_DIR, 'smoke.mp4');
vidpipe('doctor');
vidpipe(
  'generate',
  PROMPT,
  '--provider',
  'GOOGLE',
  '--clip-duration',
  `${SECONDS}`,
  '--duration',
  `${SECONDS}`,
  '--out',
  film,
  '--max-cost',
  String(CAP_CENTS / 100),
);
console.log('Compare what your account was charged with docs/google.md, and watch the film.');
