import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import {
  cropPlace,
  type CropPart,
  cropSize,
  type Framing,
  halvesOf,
  shotAt,
  type ShotFraming,
  type Size,
} from './framing.ts';

export type { Framing } from './framing.ts';

/** Frames pictures one by one, each as its shot says. Pictures keep their times. */
export class FramingFilter {
  readonly #framing: Framing;
  #shot = -1;
  #filter: FilterAPI | null = null;
  #crops: Crop[] = [];

  constructor(framing: Framing) {
    this.#framing = framing;
  }

  /** Takes an upright picture, frees it, and gives the framed one. */
  frame(picture: Frame, seconds: number): Frame {
    const shot = shotAt(this.#framing, seconds);
    const framing = this.#framing.shots[shot]?.framing ?? WHOLE;
    if (shot !== this.#shot) this.#begin(shot, framing, picture);
    for (const crop of this.#crops) this.#aim(crop, picture, seconds);
    const [framed] = this.#filter?.processAllSync(picture) ?? [];
    picture.free();
    if (!framed) throw new DomainError('MEDIA_FAILED', 'A picture could not be framed.');
    return framed;
  }

  #begin(shot: number, framing: ShotFraming, picture: Frame): void {
    this.#filter?.close();
    this.#shot = shot;
    this.#crops = cropsOf(this.#framing, framing);
    this.#filter = FilterAPI.create(chainOf(this.#framing, framing, this.#crops, picture));
    // A filter takes commands once it has seen a picture.
    const trial = picture.clone();
    if (this.#crops.length === 0 || !trial) return;
    for (const framed of this.#filter.processAllSync(trial)) framed.free();
    trial.free();
  }

  #aim({ name, part, size }: Crop, picture: Frame, seconds: number): void {
    const place = cropPlace(part.points, seconds, picture, cropSize(picture, size, part.scale));
    this.#filter?.sendCommand(name, 'x', String(place.x));
    this.#filter?.sendCommand(name, 'y', String(place.y));
  }
}

const WHOLE: ShotFraming = { kind: 'WHOLE' };

/** A filter that takes a part out of the picture, and the px that it fills. */
type Crop = { name: string; part: CropPart; size: Size };

function cropsOf(frame: Framing, framing: ShotFraming): Crop[] {
  if (framing.kind === 'CROP') return [{ name: 'crop@part', part: framing, size: frame }];
  if (framing.kind === 'WHOLE') return [];
  const { sizes } = halvesOf(frame);
  const [first, second] = framing.parts;
  return [
    { name: 'crop@first', part: first, size: sizes[0] },
    { name: 'crop@second', part: second, size: sizes[1] },
  ];
}

function chainOf(frame: Framing, { kind }: ShotFraming, crops: readonly Crop[], picture: Frame): string {
  const [first = '', second = ''] = crops.map((crop) => toPart(crop, picture));
  if (kind === 'WHOLE') return toWhole(frame);
  if (kind === 'CROP') return `${first},setsar=1`;
  const stack = halvesOf(frame).isStacked ? 'vstack' : 'hstack';
  return `split[a][b];[a]${first}[first];[b]${second}[second];[first][second]${stack},setsar=1`;
}

function toPart({ name, part, size }: Crop, picture: Frame): string {
  const { width, height } = cropSize(picture, size, part.scale);
  return `${name}=${width}:${height}:0:0,scale=${size.width}:${size.height}:flags=bicubic`;
}

/** Of the frame's sides: what is blurred needs no more. */
const BLURRED_SHARE = 1 / 4;

/** The blurred copy is a little darker, so that the eye stays with the picture. */
function toWhole({ width, height }: Framing): string {
  const small = `${Math.round((width * BLURRED_SHARE) / 2) * 2}:${Math.round((height * BLURRED_SHARE) / 2) * 2}`;
  return (
    `split[a][b];[a]scale=${small}:force_original_aspect_ratio=increase,crop=${small},gblur=sigma=8,` +
    `eq=brightness=-0.12,scale=${width}:${height}[ground];` +
    `[b]scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bicubic[whole];` +
    '[ground][whole]overlay=(W-w)/2:(H-h)/2,setsar=1'
  );
}
