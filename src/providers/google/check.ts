import type { Finding } from '../../core/finding.ts';
import type { ModelStanding } from '../model-standing.ts';
import type { GoogleClient } from './client.ts';
import type { ModelMemory } from './model-memory.ts';
import { type GoogleModel, isRetired } from './models.ts';

/** Whether the credentials hold and each model is there for them. Costs nothing, but quotas it cannot see. */
export async function checkGoogle({ settings }: GoogleClient, memory: ModelMemory): Promise<Finding[]> {
  const { models, rates } = settings;
  const found = await Promise.all(
    Object.values(models).map(async (model) => findingOf(model, await memory.of(model))),
  );
  const way =
    settings.surface === 'GEMINI'
      ? 'The Gemini API, with a key.'
      : `Vertex AI, project ${settings.project}, Gemini models in ${settings.location}.`;
  const { calls, daily } = rates.CLIP;
  const perDay = daily ? ` and ${daily.calls} a day (VIDPIPE_GOOGLE_CLIPS_PER_DAY)` : '';
  const quota = `At most ${calls} clips a minute (VIDPIPE_GOOGLE_CLIPS_PER_MINUTE)${perDay}; set it to the account's quota.`;
  return [{ name: 'google', state: 'OK', detail: `${way} ${quota}` }, ...found];
}

function findingOf(model: GoogleModel, { standing, words }: ModelStanding): Finding {
  const { name, call, retiresOn, replacement } = model;
  if (standing !== 'LIVE') return { name, state: 'PROBLEM', detail: words };
  const detail = `Within reach, for ${WORK[call]}.`;
  if (!isRetired(model, new Date())) return { name, state: 'OK', detail };
  return {
    name,
    state: 'WARNING',
    detail: `${detail} It may be taken away any day: it was to go on ${retiresOn} or later, and ${replacement} takes its place.`,
  };
}

const WORK = {
  STORYBOARD: 'storyboards',
  KEYFRAME: 'frames',
  CLIP: 'clips',
  TRANSCRIPT: 'transcripts',
} as const;
