import { expect, test } from 'vitest';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { usePaidStudio } from '../support/paid-film.ts';
import { runEnd } from '../support/run-end.ts';
import { seedWorkspace } from '../support/seed.ts';

const studio = usePaidStudio();

test(
  'a run of any workspace is worked on, and all that is told and paid of it stays in that workspace',
  { tags: 'long' },
  async () => {
    const { platform } = studio;
    const workspaceId = await seedWorkspace(platform.db);
    const theirs = { ...platform.ctx, actor: { name: 'somebody', workspaceId } };
    const { project, run } = await generateFilm(theirs, {
      prompt: 'A lighthouse wakes at dusk. A ship finds its way home.',
      targetClipDuration: 1,
      targetDuration: 2,
      stopAfter: null,
      crossfadeSeconds: 0,
      idempotencyKey: null,
    });
    expect(await runEnd(theirs, run.id)).toMatchObject({ status: 'COMPLETED', workspaceId });

    const video = await platform.db.video.findFirstOrThrow({ where: { projectId: project.id } });
    expect(video.workspaceId).toBe(workspaceId);
    expect(video.filePath.startsWith(`${workspaceId}/`)).toBe(true);
    const told = await platform.db.auditLog.groupBy({ by: ['workspaceId', 'subjectType'], _count: true });
    expect(new Set(told.map((group) => group.workspaceId))).toEqual(new Set([workspaceId]));
    const subjects = ['Keyframe', 'PipelineRun', 'Project', 'Scene', 'Video', 'VideoClip'];
    expect(told.map(({ subjectType }) => subjectType).toSorted()).toEqual(subjects);
    const paid = await platform.db.ledgerEntry.groupBy({ by: ['workspaceId'], _count: true });
    expect(paid.map((group) => group.workspaceId)).toEqual([workspaceId]);
    expect(await platform.db.auditLog.count({ where: { workspaceId: LOCAL_WORKSPACE_ID } })).toBe(0);
  },
);
