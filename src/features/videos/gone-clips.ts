/** Clips whose files are found to be gone when a film is stitched: the next run makes them again, and this one buys nothing. */
import { DomainError } from '../../core/errors.ts';
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { CURRENT_CLIP } from '../video-clips/current-clip.ts';
import { supersedeVideoClip } from '../video-clips/supersede-video-clip.ts';

type Stitched = { sceneIndex: number; localPath: string };

/** What ends a stitch that lacks files. */
export class ClipsGone extends DomainError {
  readonly keys: readonly string[];

  constructor(gone: readonly Stitched[]) {
    const numbers = gone.map(({ sceneIndex }) => sceneIndex + 1);
    const which =
      numbers.length > 1 ? `clips of scenes ${numbers.join(', ')}` : `clip of scene ${numbers[0]}`;
    super('MEDIA_FAILED', `The ${which} is gone from the storage; another run makes it again.`);
    this.keys = gone.map(({ localPath }) => localPath);
  }
}

/**
 * Finds out which of a film's clips are gone. Where none is left, this may be another storage, or a disk that is not
 * mounted: upkeep, which sees all files, judges that.
 *
 * @param cause what told that one is.
 * @returns the failure of the stitch.
 */
export async function goneOf(
  storage: Pick<Storage, 'size'>,
  items: readonly Stitched[],
  cause: Error,
): Promise<Error> {
  const sizes = await Promise.all(items.map(({ localPath }) => storage.size(localPath)));
  const gone = items.filter((_item, index) => sizes[index] === null);
  return gone.length === 0 || gone.length === items.length ? cause : new ClipsGone(gone);
}

/** Has the clips not count any more; their scenes are gaps of this run, and the next one fills them. */
export async function supersedeGone(
  tx: Tx,
  actor: Actor,
  run: PipelineRun,
  projectId: string,
  { keys }: ClipsGone,
): Promise<void> {
  const reason = 'Its file is gone from the storage.';
  const clips = await tx.videoClip.findMany({
    where: { scene: { projectId }, localPath: { in: [...keys] }, status: 'COMPLETE', ...CURRENT_CLIP },
    include: { scene: true },
    orderBy: { scene: { sceneIndex: 'asc' } },
  });
  for (const { scene, ...clip } of clips) {
    await supersedeVideoClip(tx, actor, run, scene, clip, { because: 'FILE_LOST', reason });
    await moveScene(tx, actor, run, scene, 'FAILED', 'the file of its clip is gone from the storage');
  }
}
