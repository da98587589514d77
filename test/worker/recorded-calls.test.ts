/** Every call to a provider is in the log, with who made it and what became of it, as the ledger has it. */
import { expect, test } from 'vitest';
import { settleUnknownCall } from '../../src/features/pipelines/control/settle-unknown-call.ts';
import { type PaidFilm, usePaidStudio } from '../support/paid-film.ts';

const studio = usePaidStudio();

/** Of each call that ended, and of each of which nobody knew, what the ledger says. */
const booked = async (film: PaidFilm) =>
  (await film.ledger())
    .filter(({ kind }) => kind !== 'RESERVE')
    .map(({ operationKey, kind, provider, call, model, amountMicroUsd, isEstimate, providerRequestId }) => ({
      operationKey,
      provider,
      call,
      model,
      outcome: kind,
      chargedMicroUsd: kind === 'SETTLE' ? Number(amountMicroUsd) : kind === 'RELEASE' ? 0 : null,
      isEstimate,
      providerRequestId,
    }));

const calls = (film: PaidFilm) =>
  studio.platform.db.auditLog.findMany({
    where: { subjectType: 'PipelineRun', subjectId: film.runId, eventType: 'API_CALL' },
    orderBy: { sequence: 'asc' },
  });

const sorted = <Call extends { operationKey: string }>(told: Call[]) =>
  told.toSorted((a, b) => a.operationKey.localeCompare(b.operationKey));

test('a film’s calls, those that were in vain too', { tags: 'long' }, async () => {
  const film = studio.film();
  await film.fault('KEYFRAME', 1, { kind: 'STATUS', status: 503, retryAfterSeconds: 1 });
  expect(await film.make()).toMatchObject({ status: 'COMPLETED' });
  const told = await calls(film);
  const expected = await booked(film);
  expect(new Set(expected.map(({ outcome }) => outcome))).toEqual(new Set(['SETTLE', 'RELEASE']));
  expect(new Set(expected.map(({ call }) => call))).toEqual(new Set(['STORYBOARD', 'KEYFRAME', 'CLIP']));
  const details = told.map((entry) => entry.details as { operationKey: string });
  expect(sorted(details)).toMatchObject(sorted(expected));
  for (const { actor, level, message } of told)
    expect({ actor, level, message }).toEqual({
      actor: studio.platform.ctx.actor.name,
      level: 'INFO',
      message: expect.stringMatching(/^Call \S+ \(.+\): (\$[\d.]+ charged|not charged)\.$/) as string,
    });
});

test('one of which nobody knows warns, and a person’s word on it is in their name', async () => {
  const film = studio.film({ scenes: 1 });
  await film.fault('STORYBOARD', null, { kind: 'STATUS', status: 500 });
  await film.make({ stopAfter: 'STORYBOARD' });
  const [unknown] = (await calls(film)).filter(({ level }) => level === 'WARNING');
  expect(unknown).toMatchObject({
    message: expect.stringMatching(/nobody knows whether it is charged\.$/) as string,
    details: { outcome: 'UNKNOWN', chargedMicroUsd: null },
  });
  const { operationKey } = (unknown?.details ?? {}) as { operationKey: string };
  const { ctx } = studio.platform;
  const ada = { ...ctx, actor: { ...ctx.actor, name: 'Ada' } };
  await settleUnknownCall(ada, { operationKey, outcome: 'NOT_CHARGED' });
  expect((await calls(film)).at(-1)).toMatchObject({
    actor: 'Ada',
    level: 'INFO',
    details: { operationKey, outcome: 'RELEASE', chargedMicroUsd: 0 },
  });
});
