/** How long a film will take. */
import type { PrismaClient, Provider } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import type { ClipCapability } from '../../../providers/capabilities/clip.ts';
import { CURRENT_FRAME } from '../../keyframes/keyframe.ts';
import type { Work } from '../../budget/estimate.ts';
import { visibleRuns } from '../../runs/run.ts';

/** Seconds to a film, and who says so. */
export type ExpectedTime = {
  seconds: number;
  /** MEASURED: the workspace's own films; PROVIDER: what the provider says of its calls. */
  basis: 'MEASURED' | 'PROVIDER';
};

/** Films that the measured time is taken from; ours: enough to outlast a slow day. */
const RECENT_FILMS = 20;

/** Median seconds a scene took, from start to film, over the workspace's newest whole films; null before the first. */
export async function measuredSecondsPerScene(
  db: Pick<PrismaClient, 'pipelineRun'>,
  actor: Actor,
  provider: Provider,
): Promise<number | null> {
  const runs = await db.pipelineRun.findMany({
    where: {
      ...visibleRuns(actor),
      kind: 'FILM',
      status: 'COMPLETED',
      stopAfter: null,
      attempt: 1,
      totalDurationSeconds: { gt: 0 },
      // Frames that were replaced: another provider may have made the film in that run.
      project: {
        provider,
        scenes: { some: {}, none: { keyframes: { some: { NOT: CURRENT_FRAME } } } },
      },
    },
    orderBy: { createdAt: 'desc' },
    take: RECENT_FILMS,
    select: { totalDurationSeconds: true, project: { select: { _count: { select: { scenes: true } } } } },
  });
  const perScene = runs.flatMap(({ totalDurationSeconds, project }) => {
    if (!project) return [];
    const { _count: count } = project;
    return (totalDurationSeconds ?? 0) / count.scenes;
  });
  return median(perScene);
}

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/**
 * Likely seconds until the work is done; null where nobody knows.
 *
 * @param openScenes scenes that still need something.
 */
export function expectedTime(
  work: readonly Work[],
  openScenes: number,
  clips: ClipCapability['kind'],
  measured: number | null,
): ExpectedTime | null {
  if (measured !== null) return { seconds: round(measured * openScenes), basis: 'MEASURED' };
  const calls = work.filter(({ times }) => times.likely > 0);
  if (calls.some(({ quote }) => quote.seconds === undefined)) return null;
  const seconds = calls.reduce((sum, { call, quote, times }) => {
    // Clips made elsewhere are made side by side; frames follow each other, and clips made here share its processors.
    const inSequence = call === 'CLIP' && clips === 'OPERATION' ? 1 : times.likely;
    return sum + inSequence * (quote.seconds ?? 0);
  }, 0);
  return { seconds: round(seconds), basis: 'PROVIDER' };
}

const round = (seconds: number) => Math.round(seconds * 10) / 10;
