import { DomainError, InvalidInputError, refuseIssues } from '../../../core/errors.ts';
import { scopesOf } from '../../../core/scopes.ts';
import type { VideoClipSource, Project, Provider } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { recordAudit } from '../../audit/log/audit.ts';
import { readOpenCalls } from '../../budget/ledger.sql.ts';
import { supersedeVideoClip } from '../../video-clips/supersede-video-clip.ts';
import { supersedeFrame } from '../../keyframes/supersede-frame.ts';
import { forgetUnkept } from '../../keyframes/unkept-frame.ts';
import { refuseSecond } from '../../runs/run.ts';
import { tooMany } from '../../references/reference-rules.ts';
import { requireFilmProvider } from '../../projects/film-provider.ts';
import { capabilityIssues } from '../../projects/project-input.ts';
import { moveProject } from '../../projects/project-state.ts';
import { lockProject } from '../../projects/project.ts';
import { moveScene } from '../../storyboards/scene-state.ts';
import { columnOf, recordSpeech, speechOf } from '../../storyboards/speech.ts';
import { isUndecided } from '../film/film-work.ts';
import { type Film, readFilm } from '../film/read-film.ts';
import { projectScope, projectSubject } from '../../projects/project-runs.ts';

export type Upgrade = {
  projectId: string;
  provider: Provider;
  /** What its clips are filmed from; as before unless given. */
  clipsFrom?: VideoClipSource | null | undefined;
};

/**
 * Has a project made by another provider from now on, from a free preview to the film that is paid for, or its clips
 * filmed from other pictures. The storyboard stays, with every id; frames and clips are superseded and stay for the
 * record, films stay in the library. Launches and costs nothing.
 *
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS` (wait for the run's end, or cancel it); `OUTCOME_UNKNOWN` if a
 * clip is with its provider, or nobody knows what became of a paid call (resume, or settle it); `INVALID_INPUT` naming
 * what the provider cannot do and what it can; `PROVIDER_NOT_CONFIGURED`.
 */
export async function upgradeProject(
  ctx: Ctx,
  { projectId, provider, clipsFrom: asked = null }: Upgrade,
): Promise<Project> {
  const adapter = requireFilmProvider(provider);
  return ctx.db.$transaction(async (tx) => {
    const project = await lockProject(tx, ctx.actor, projectId);
    await refuseSecond(tx, projectSubject(projectId));
    const clipsFrom = asked ?? project.clipsFrom;
    if (project.provider === provider && project.clipsFrom === clipsFrom)
      throw refuse('provider', `${provider} makes it already; choose another one.`);
    refuseIssues(capabilityIssues({ ...project, clipsFrom }, adapter));
    const count = await tx.referenceImage.count({ where: { projectId } });
    const excess = tooMany({ provider, clipsFrom }, count);
    if (excess !== null) throw refuse('clipsFrom', excess);
    await refuseOpenCalls(tx, projectId);
    const film = await readFilm(tx, project);
    await clearFilm(tx, ctx, film);
    await speakAnew(tx, ctx, film, { ...project, provider, clipsFrom });
    return switchTo(tx, ctx, project, { provider, clipsFrom });
  });
}

const refuse = (field: keyof Upgrade, message: string) => new InvalidInputError([{ path: [field], message }]);

/** A frame of the new provider would be taken for the one of which nobody knows. */
async function refuseOpenCalls(tx: Tx, projectId: string): Promise<void> {
  const open = (await readOpenCalls(tx, { scope: projectScope(projectId) })).filter(
    ({ call }) => call !== 'CLIP',
  );
  if (open.length === 0) return;
  const keys = open.map(({ operationKey }) => operationKey).join(', ');
  const message = `Nobody knows whether these calls were charged: ${keys}. Settle them with settleUnknownCall first.`;
  throw new DomainError('OUTCOME_UNKNOWN', message, { path: ['projectId'] });
}

async function clearFilm(tx: Tx, { actor }: Ctx, { scenes }: Film): Promise<void> {
  refuseUndecided(scenes);
  const why = { because: 'MADE_ANOTHER_WAY', reason: 'The project is made another way.' } as const;
  for (const scene of scenes) {
    const { id, keyframes, clips, unkept } = scene;
    for (const frame of keyframes) await supersedeFrame(tx, actor, null, scene, frame, why);
    for (const clip of clips) await supersedeVideoClip(tx, actor, null, scene, clip, why);
    if (unkept.length > 0) await forgetUnkept(tx, id, ['START', 'END']);
  }
  for (const scene of scenes) await moveScene(tx, actor, null, scene, 'PENDING', 'it is made another way');
}

/** Another voice speaks another part of the same narration. */
async function speakAnew(tx: Tx, { actor }: Ctx, { scenes }: Film, project: Project): Promise<void> {
  for (const scene of scenes) {
    const speech = speechOf(scene, project);
    const spokenNarration = columnOf(speech);
    if (spokenNarration === scene.spokenNarration) continue;
    const spoken = await tx.scene.update({ where: { id: scene.id }, data: { spokenNarration } });
    await recordSpeech(tx, actor, null, spoken, speech);
  }
}

/** What is paid for, or may be, must not be lost sight of. */
function refuseUndecided(scenes: Film['scenes']): void {
  const waiting = scenes.filter(({ clips: [clip] }) => clip && isUndecided(clip));
  if (waiting.length === 0) return;
  const numbers = waiting.map(({ sceneIndex }) => sceneIndex + 1).join(', ');
  const message = `What becomes of the clip of scene ${numbers} is not known yet; resume the project, or settle the clip, first.`;
  throw new DomainError('OUTCOME_UNKNOWN', message, { path: ['projectId'] });
}

async function switchTo(
  tx: Tx,
  { actor }: Ctx,
  before: Project,
  { provider, clipsFrom }: Pick<Project, 'provider' | 'clipsFrom'>,
): Promise<Project> {
  await moveProject(tx, actor, before, null, 'PENDING', { errorMessage: null });
  const project = await tx.project.update({
    where: { id: before.id },
    data: { provider, clipsFrom, version: { increment: 1 } },
  });
  await recordAudit(tx, actor, {
    subject: { type: 'Project', id: project.id },
    scopes: scopesOf({ Project: project.id }),
    eventType: 'STATE_CHANGE',
    version: project.version,
    message: `${provider} makes the project from now on (clips from ${clipsFrom}), instead of ${before.provider} (${before.clipsFrom}).`,
    details: {
      provider: { from: before.provider, to: provider },
      clipsFrom: { from: before.clipsFrom, to: clipsFrom },
    },
  });
  return project;
}
