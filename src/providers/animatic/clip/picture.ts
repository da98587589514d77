import { readFile } from 'node:fs/promises';
import { type Canvas, type Image, type SKRSContext2D, createCanvas, loadImage } from '@napi-rs/canvas';
import { DomainError } from '../../../core/errors.ts';
import type { Size } from '../../aspect-ratio.ts';
import { paintFinish } from '../art/finish.ts';
import type { Recipe, Shot, Style } from '../art/recipe.ts';
import { buildStage } from '../art/stage.ts';
import { type World, paintWorld } from '../art/world.ts';
import { noted } from '../keyframe.ts';
import { captionBox } from '../text/caption.ts';

/** A keyframe the camera can move in, without its words. */
export type Picture = {
  /** The set's identity: two pictures with the same key are one shot. */
  key: string;
  /** Share of the camera's move at which this picture is its file. */
  at: number;
  /** The shot it was drawn as; null when nobody knows. */
  shot: Shot | null;
  /** What lies over it and never moves; null for nothing. */
  finish: Canvas | null;
  /** Draws it, without its finish, after `share` of the camera's move, `seconds` from the shot's end. */
  draw(ctx: SKRSContext2D, share: number, seconds: number): void;
};

/** Zoom a flat picture gains over a whole move. */
const FLAT_ZOOM = 0.1;

/**
 * Opens a keyframe. One that we drew is set up again from the recipe it carries, in its planes of
 * depth; any other is shown as it is, filling the frame.
 */
export async function openPicture(
  file: string,
  style: Style,
  size: Size,
  sets: Map<string, World>,
): Promise<Picture> {
  const bytes = await readFile(file);
  const note = noted(bytes);
  return note ? setPicture(note.recipe, note.atEnd, size, sets) : flatPicture(file, bytes, style, size);
}

function setPicture(recipe: Recipe, atEnd: boolean, size: Size, sets: Map<string, World>): Picture {
  const key = JSON.stringify(recipe);
  const world = sets.get(key) ?? paintWorld(recipe, size.width, size.height);
  sets.set(key, world);
  return {
    key,
    at: atEnd ? 1 : 0,
    shot: recipe.shot,
    finish: finishFor(world.stage, recipe.style, size),
    draw: (ctx, share, seconds) => world.draw(ctx, share, seconds),
  };
}

async function flatPicture(
  file: string,
  bytes: Buffer,
  style: Style,
  { width, height }: Size,
): Promise<Picture> {
  const image = await decode(file, bytes);
  const cover = Math.max(width / image.width, height / image.height);
  // Ink needs its paper; the other styles set their words on any picture.
  const finish = style === 'watercolor' ? paperFor(style, { width, height }) : null;
  return {
    key: file,
    at: 1,
    shot: null,
    finish,
    draw(ctx, share) {
      const zoom = cover * (1 + FLAT_ZOOM * Math.abs(1 - share));
      const [w, h] = [image.width * zoom, image.height * zoom];
      ctx.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
    },
  };
}

async function decode(file: string, bytes: Buffer): Promise<Image> {
  try {
    return await loadImage(bytes);
  } catch (cause) {
    throw new DomainError('PROVIDER_FAILED', `The keyframe ${file} is no picture that can be read.`, {
      cause,
    });
  }
}

const finishFor = (stage: World['stage'], style: Style, size: Size): Canvas =>
  paintFinish(stage, size, captionBox(style, size).y);

function paperFor(style: Style, size: Size): Canvas {
  const blank: Recipe = {
    style,
    aspectRatio: '16:9',
    seed: 1,
    place: 'field',
    hour: 'day',
    weather: 'clear',
    subject: null,
    companion: null,
    shot: 'wide',
    move: 'drift',
  };
  return finishFor(buildStage(blank, size.width, size.height), style, size);
}

/** A canvas of the frame's size. */
export const blankFrame = ({ width, height }: Size): Canvas => createCanvas(width, height);
