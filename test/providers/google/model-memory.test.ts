/** How long it is remembered what Google said of a model. */
import { expect, test } from 'vitest';
import { loadConfig } from '../../../src/platform/config.ts';
import { openClient } from '../../../src/providers/google/client.ts';
import { googleSettings } from '../../../src/providers/google/google-settings.ts';
import { openModelMemory } from '../../../src/providers/google/model-memory.ts';
import { isQuestion } from '../../support/google-server/routes.ts';
import { useGoogleTest } from './support.ts';

const google = useGoogleTest();
const HOUR = 3_600_000;

test('one that is there is remembered for an hour, one that is not for half a minute', async () => {
  const settings = googleSettings(loadConfig(google.server.environment('GEMINI')));
  if (!settings) throw new Error('Google is not configured.');
  let now = 0;
  const memory = openModelMemory(openClient(settings), () => now);
  const model = settings.models.CLIP;
  const standings: unknown[] = [];
  const askAt = async (milliseconds: number) => {
    now = milliseconds;
    const { standing } = await memory.of(model);
    standings.push([standing, (await google.server.requests()).filter(isQuestion).length]);
  };

  await askAt(0);
  await google.server.world({ deadModels: [model.name] });
  await askAt(HOUR - 1);
  await askAt(HOUR);
  await google.server.world({ deadModels: [] });
  await askAt(HOUR + 29_999);
  await askAt(HOUR + 30_000);
  expect(standings).toEqual([
    ['LIVE', 1],
    ['LIVE', 1],
    ['REFUSED', 2],
    ['REFUSED', 2],
    ['LIVE', 3],
  ]);
});
