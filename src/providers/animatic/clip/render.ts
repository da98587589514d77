import { FRAME_RATE } from '../../../media/encoding.ts';
import { openFilmWriter } from '../../../media/film-writer.ts';
import type { ClipRequest, Size } from '../../provider.ts';
import { STYLES } from '../art/recipe.ts';
import type { World } from '../art/world.ts';
import { noted } from '../keyframe.ts';
import { captionBox } from '../text/caption.ts';
import { paintSlate } from '../text/slate.ts';
import { readFile } from 'node:fs/promises';
import { shotIn } from '../art/read-recipe.ts';
import { blankFrame, openPicture } from './picture.ts';
import { momentAt } from './timeline.ts';
import { speak } from './voice.ts';

export type ClipJob = ClipRequest & {
  size: Size;
  /** An empty directory for the voice's own files. */ workDirectory: string;
};

/**
 * Renders a scene's clip: out of the first frame, through its shot, to the last frame, with its
 * words standing still above and its narration, if it has one, below.
 */
export async function renderClip(job: ClipJob, progress: (share: number) => void): Promise<void> {
  const { scene, durationSeconds, size, toFile } = job;
  const writer = await openFilmWriter(toFile, size);
  if (scene.narration !== null)
    writer.writeAudio(await speak(scene.narration, scene.style, durationSeconds, job.workDirectory));
  const draw = await openScene(job);
  const canvas = blankFrame(size);
  const ctx = canvas.getContext('2d', { alpha: false });
  ctx.imageSmoothingQuality = 'low';
  const frames = Math.round(durationSeconds * FRAME_RATE);
  for (let frame = 0; frame < frames; frame += 1) {
    // The last frame is the end picture itself, so that the next clip begins where this one ends.
    draw(ctx, (frame / (frames - 1)) * durationSeconds);
    await writer.writeFrame(canvas.data());
    if (frame % FRAME_RATE === 0) progress(frame / frames);
  }
  await writer.close();
}

type DrawAt = (ctx: ReturnType<ReturnType<typeof blankFrame>['getContext']>, seconds: number) => void;

/** Sets the scene up; the answer draws any moment of it. */
export async function openScene({
  scene,
  startFrameFile,
  endFrameFile,
  durationSeconds,
  size,
}: Omit<ClipJob, 'toFile' | 'workDirectory'>): Promise<DrawAt> {
  const style = STYLES.find((known) => known === scene.style) ?? STYLES[0];
  const sets = new Map<string, World>();
  const end = await openPicture(endFrameFile, style, size, sets);
  const start = await openPicture(startFrameFile, style, size, sets);
  const joins = start.key !== end.key;
  const shot = noted(await readFile(endFrameFile))?.recipe.shot ?? shotIn(scene.endFramePrompt) ?? 'wide';
  const words = paintSlate(scene, style, shot, size);
  const top = Math.max(0, Math.floor(captionBox(style, size).y - size.height * 0.17));
  const through = blankFrame(size);
  const over = through.getContext('2d', { alpha: false });
  over.imageSmoothingQuality = 'low';
  return (ctx, seconds) => {
    const now = momentAt(seconds, durationSeconds, joins);
    if (now.dissolve < 1) start.draw(ctx, start.at + (now.outgoingShare - 1), seconds);
    if (now.dissolve === 1) end.draw(ctx, now.share, seconds - durationSeconds);
    else if (now.dissolve > 0) {
      end.draw(over, now.share, seconds - durationSeconds);
      ctx.globalAlpha = now.dissolve;
      ctx.drawImage(through, 0, 0);
      ctx.globalAlpha = 1;
    }
    if (now.words === 0) return;
    ctx.globalAlpha = now.words;
    ctx.drawImage(words, 0, top, size.width, size.height - top, 0, top, size.width, size.height - top);
    ctx.globalAlpha = 1;
  };
}
