/** A project and a live run that reservations can be made for, without an engine. */
import { newId } from '../../src/core/ids.ts';
import type { Intent } from '../../src/features/budget/reservation.ts';
import { keyframeSubject } from '../../src/features/keyframes/keyframe-subject.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import type { Price } from '../../src/providers/price.ts';
import type { FilmProvider } from '../../src/providers/adapter.ts';
import { changed } from './changed.ts';
import { seedProject } from './seed.ts';

/** An image is a micro-dollar: a call costs as many as it is said to use. */
const IMAGE: Price = {
  unit: 'IMAGE',
  microUsd: 1,
  resolution: null,
  source: 'https://example.test/prices',
  asOf: '2026-11-01',
};
const model = { name: 'by-the-micro-dollar', prices: [IMAGE] };

/** Takes the animatic's place, and charges what it is told. */
export const meteredProvider: FilmProvider = changed(animatic, {
  STORYBOARD: { model },
  KEYFRAME: { model },
  CLIP: { model },
});

/** Makes a project with a run that no worker knows of. */
export async function seedRun({ db, actor }: Ctx, maxCostCents: number | null = null): Promise<PipelineRun> {
  const projectId = await seedProject(db);
  const { workspaceId } = actor;
  const id = newId();
  if (maxCostCents !== null)
    await db.costCap.create({ data: { scope: runScope(id), workspaceId, cents: maxCostCents } });
  return db.pipelineRun.create({
    data: { id, workspaceId, projectId, kind: 'FILM', status: 'RUNNING' },
  });
}

/** A call that costs at most so many micro-dollars. */
export const intentOf = (subject: string, microUsd: number): Intent => ({
  provider: 'ANIMATIC',
  call: 'KEYFRAME',
  quote: { resolution: null, likely: {}, most: { IMAGE: microUsd } },
  subject: keyframeSubject(subject, 'END'),
});
