import { readFile, writeFile } from 'node:fs/promises';
import { createCanvas } from '@napi-rs/canvas';
import type { Size } from '../aspect-ratio.ts';
import type { KeyframeRequest } from '../capabilities/keyframe.ts';
import { paintFinish } from './art/finish.ts';
import { isRecipe, readRecipe } from './art/read-recipe.ts';
import type { Recipe } from './art/recipe.ts';
import { paintWorld } from './art/world.ts';
import { encodePng, readNote } from './png.ts';
import { captionBox } from './text/caption.ts';
import { paintSlate } from './text/slate.ts';

export type KeyframeJob = KeyframeRequest & { size: Size };

/** Seconds the things that never rest have moved at a scene's first frame; its last frame is time 0. */
const START_SECONDS = -4;

/** Draws a keyframe to its file: the scene's set at the start or the end of the camera's move, with its words. */
export async function drawKeyframe({ scene, position, fromFile, toFile, size }: KeyframeJob): Promise<void> {
  const { width, height } = size;
  const recipe = readRecipe(scene, fromFile === null ? null : await recipeOf(fromFile));
  const world = paintWorld(recipe, width, height);
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  const atEnd = position === 'END';
  world.draw(ctx, atEnd ? 1 : 0, atEnd ? 0 : START_SECONDS);
  ctx.drawImage(paintFinish(world.stage, size, captionBox(recipe.style, size).y), 0, 0);
  ctx.drawImage(paintSlate(scene, recipe.style, recipe.shot, size), 0, 0);
  await writeFile(toFile, encodePng(canvas.data(), size, { recipe, atEnd }));
}

/** The recipe of a picture we drew; null for one that a person brought. */
export async function recipeOf(file: string): Promise<Recipe | null> {
  return noted(await readFile(file))?.recipe ?? null;
}

/** What a keyframe of ours says about itself. */
export function noted(png: Buffer): { recipe: Recipe; atEnd: boolean } | null {
  const note = readNote(png);
  if (typeof note !== 'object' || note === null || !('recipe' in note) || !('atEnd' in note)) return null;
  return isRecipe(note.recipe) && typeof note.atEnd === 'boolean'
    ? { recipe: note.recipe, atEnd: note.atEnd }
    : null;
}
