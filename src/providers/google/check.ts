import { type Finding, problem } from '../../core/finding.ts';
import type { CallOptions } from '../provider.ts';
import { makeCall } from './call.ts';
import { type GoogleClient, planOf } from './client.ts';
import type { GoogleModel } from './models.ts';

/** Longest that one model may take to be described, in seconds. */
const LIMIT_SECONDS = 20;

/** Whether the credentials hold and each model is there for them. Costs nothing, but quotas it cannot see. */
export async function checkGoogle(client: GoogleClient, options: CallOptions): Promise<Finding[]> {
  const { settings } = client;
  const { models, rates } = settings;
  const found = await Promise.all(Object.values(models).map((model) => checkModel(client, model, options)));
  const way =
    settings.surface === 'GEMINI'
      ? 'The Gemini API, with a key.'
      : `Vertex AI, project ${settings.project}, ${settings.location}.`;
  const { calls, daily } = rates.CLIP;
  const perDay = daily ? ` and ${daily.calls} a day (VIDPIPE_GOOGLE_CLIPS_PER_DAY)` : '';
  const quota = `At most ${calls} clips a minute (VIDPIPE_GOOGLE_CLIPS_PER_MINUTE)${perDay}; set it to the account's quota.`;
  return [{ name: 'google', state: 'OK', detail: `${way} ${quota}` }, ...found];
}

async function checkModel(
  client: GoogleClient,
  model: GoogleModel,
  { signal }: CallOptions,
): Promise<Finding> {
  const plan = { ...planOf(client, model.name), namesModel: true, limitSeconds: LIMIT_SECONDS };
  try {
    await makeCall(plan, signal, async () => (await client.sdk(model)).models.get({ model: model.name }));
    return { name: model.name, state: 'OK', detail: `Within reach, for ${WORK[model.call]}.` };
  } catch (error) {
    return problem(model.name, error);
  }
}

const WORK = { STORYBOARD: 'storyboards', KEYFRAME: 'frames', CLIP: 'clips' } as const;
