/**
 * Kills itself where a process may be killed: `node die.child.ts <database url or ''> <data directory> draw <scene>
 * <run>` between a frame's file and its row, `… delete <project>` between the end of a project's rows and of its files.
 */
import { keyframeStep } from '../../../src/features/keyframes/keyframe.jobs.ts';
import { deleteProject } from '../../../src/features/projects/project.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from '../../../src/platform/context.ts';
import { openLog } from '../../../src/platform/log.ts';
import { openPlatform } from '../../../src/platform/platform.ts';
import { policies } from '../../../src/worker/handlers.ts';

const [url = '', dataDir = '', deed = '', id = '', runId = ''] = process.argv.slice(2);

const platform = await openPlatform({ databaseUrl: url || null, dataDir, policies }, openLog('fatal'));
const ctx: Ctx = { ...platform, actor: { name: 'test', workspaceId: LOCAL_WORKSPACE_ID } };

async function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

if (deed === 'delete') {
  const storage = { ...ctx.storage, remove: die };
  await deleteProject({ ...ctx, storage }, { projectId: id, deleteFilms: true });
} else {
  const run = await ctx.db.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
  const input = { sceneId: id, position: 'START' };
  const prepared = await ctx.db.$transaction((tx) => keyframeStep.begin(tx, ctx, run, input));
  await keyframeStep.work(ctx, prepared, new AbortController().signal, () => {});
  await die();
}
