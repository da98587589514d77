/** What a run of moments would cost is told of what can be launched, and of nothing else. */
import { beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { mutate } from '../api/support/mutate.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();
let videoId: string;
beforeAll(async () => {
  videoId = encodeGlobalId('Video', (await seedFilm(api.ctx)).videoId);
});

const estimate = async (input: object) => {
  const query = `query ($input: RunMomentsInput!) { result: estimateMoments(input: $input) {
    __typename ... on UserError { code path message } } }`;
  return (await api.ask<{ result: { code?: string; path?: string[]; message?: string } }>(query, { input }))
    .result;
};

test.each([
  ['minMoments', { minMoments: 9 }],
  ['maxClips', { maxClips: 0 }],
  ['paddingSeconds', { paddingSeconds: -1 }],
  ['aspectRatio', { aspectRatio: '16:9' }],
  ['stopAfter', { stopAfter: 'STITCH' }],
  ['maxCostCents', { maxCostCents: -1 }],
  ['idempotencyKey', { idempotencyKey: '' }],
])('what runMoments refuses is not estimated either, and %s is named', async (field, wrong) => {
  const refusals = [
    await estimate({ videoId, ...wrong }),
    await mutate(api, 'runMoments', { videoId, ...wrong }),
  ];
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'INVALID_INPUT', path: [field] });
  expect(refusals[0]?.message).toBe(refusals[1]?.message);
  // In our words, not in those of the library that checks.
  expect(refusals[0]?.message).not.toMatch(/expected|Invalid/);
});

test.each([
  ['model', { model: 'GEMINI' }],
  ['transcriptSource', { transcriptSource: 'GEMINI' }],
])('where nobody sells what is asked for, the field that asks is named: %s', async (field, paid) => {
  const refusal = {
    code: 'PROVIDER_NOT_CONFIGURED',
    path: [field],
    message: expect.stringContaining(`another ${field}`),
  };
  expect(await estimate({ videoId, ...paid })).toMatchObject(refusal);
  expect(await mutate(api, 'runMoments', { videoId, ...paid })).toMatchObject(refusal);
});
