import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { describe } from '../../../media/read/describe.ts';
import { FRAME_RATE } from '../../../media/encoding.ts';
import { openFilmWriter } from '../../../media/write/film-writer.ts';
import { measure } from '../../../media/read/measure.ts';
import type { Size } from '../../aspect-ratio.ts';
import type { ClipRequest, RenderedClip } from '../../capabilities/clip.ts';
import { STYLES } from '../art/recipe.ts';
import type { World } from '../art/world.ts';
import { paintSlate } from '../text/slate.ts';
import { shotIn } from '../art/read-recipe.ts';
import { type Picture, blankFrame, openPicture } from './picture.ts';
import { momentAt } from './timeline.ts';
import { speak, type Spoken } from './voice.ts';

export type ClipJob = ClipRequest & {
  size: Size;
  /** An empty directory for the voice's own files. */ workDirectory: string;
};

/**
 * Renders a scene's clip: out of the first frame, through its shot, to the last frame, with its
 * words standing still above and its narration, if it has one, below.
 */
export async function renderClip(job: ClipJob, progress: (share: number) => void): Promise<RenderedClip> {
  const { durationSeconds, size, toFile } = job;
  const writer = await openFilmWriter(toFile, size);
  const { track, words: spoken } = await voiceOf(job);
  if (spoken !== null) writer.writeAudio(track);
  const draw = await openScene(job);
  const canvas = blankFrame(size);
  const ctx = canvas.getContext('2d', { alpha: false });
  ctx.imageSmoothingQuality = 'low';
  const frames = Math.round(durationSeconds * FRAME_RATE);
  for (let frame = 0; frame < frames; frame += 1) {
    // The last frame is the end picture itself, so that the next clip begins where this one ends.
    draw(ctx, (frame / (frames - 1)) * durationSeconds);
    const pixels = canvas.data();
    const written = writer.writeFrame(pixels);
    giveBack(pixels);
    await written;
    if (frame % FRAME_RATE === 0) progress(frame / frames);
  }
  await writer.close();
  return { ...describe(await measure(toFile)), spoken };
}

const SILENCE: Spoken = { track: new Float32Array(0), words: null };

const voiceOf = async ({ scene, durationSeconds, workDirectory }: ClipJob): Promise<Spoken> =>
  scene.narration === null ? SILENCE : speak(scene.narration, scene.style, durationSeconds, workDirectory);

/**
 * Frees a frame's megabytes now. Left to the collector, each few frames would cost it a whole round:
 * a fifth of a clip's CPU. Whoever needs the pixels has copied them.
 */
function giveBack(pixels: Buffer): void {
  if (pixels.buffer instanceof ArrayBuffer) pixels.buffer.transfer(0);
}

/** Sets the scene up; the answer draws any moment of it. */
export async function openScene(
  job: Omit<ClipJob, 'toFile' | 'workDirectory'>,
): Promise<(ctx: SKRSContext2D, seconds: number) => void> {
  const { scene, startFrameFile, endFrameFile, durationSeconds, size } = job;
  const style = STYLES.find((known) => known === scene.style) ?? STYLES[0];
  const sets = new Map<string, World>();
  const end = await openPicture(endFrameFile, style, size, sets);
  const start = await openPicture(startFrameFile, style, size, sets);
  const joins = start.key !== end.key;
  const words = paintSlate(scene, style, end.shot ?? shotIn(scene.endFramePrompt) ?? 'wide', size);
  // Most frames have both: one layer to lay over them instead of two.
  const finishAndWords = layered(size, end.finish, words);
  const incoming = blankFrame(size);
  const over = incoming.getContext('2d', { alpha: false });
  over.imageSmoothingQuality = 'low';
  return (ctx, seconds) => {
    const now = momentAt(seconds, durationSeconds, joins);
    if (now.dissolve < 1) show(ctx, start, start.at + now.outgoingShare - 1, seconds);
    if (now.dissolve === 1) end.draw(ctx, now.share, seconds - durationSeconds);
    else if (now.dissolve > 0) {
      show(over, end, now.share, seconds - durationSeconds);
      lay(ctx, incoming, now.dissolve);
    }
    if (now.dissolve === 1 && now.words === 1) return lay(ctx, finishAndWords, 1);
    if (now.dissolve === 1) lay(ctx, end.finish, 1);
    lay(ctx, words, now.words);
  };
}

function show(ctx: SKRSContext2D, picture: Picture, share: number, seconds: number): void {
  picture.draw(ctx, share, seconds);
  lay(ctx, picture.finish, 1);
}

function lay(ctx: SKRSContext2D, layer: Canvas | null, opacity: number): void {
  if (layer === null || opacity === 0) return;
  ctx.globalAlpha = opacity;
  ctx.drawImage(layer, 0, 0);
  ctx.globalAlpha = 1;
}

function layered(size: Size, ...layers: (Canvas | null)[]): Canvas {
  const canvas = blankFrame(size);
  const ctx = canvas.getContext('2d');
  for (const layer of layers) lay(ctx, layer, 1);
  return canvas;
}
