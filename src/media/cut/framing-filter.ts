import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { cropPlace, cropSize, type Framing, shotAt, type ShotFraming } from './framing.ts';

export type { Framing } from './framing.ts';

/** Frames pictures one by one, each as its shot says. Pictures keep their times. */
export class FramingFilter {
  readonly #framing: Framing;
  #shot = -1;
  #filter: FilterAPI | null = null;

  constructor(framing: Framing) {
    this.#framing = framing;
  }

  /** Takes an upright picture, frees it, and gives the framed one. */
  frame(picture: Frame, seconds: number): Frame {
    const shot = shotAt(this.#framing, seconds);
    const framing = this.#framing.shots[shot]?.framing ?? WHOLE;
    if (shot !== this.#shot) this.#begin(shot, framing, picture);
    if (framing.kind === 'CROP') this.#aim(framing, picture, seconds);
    const [framed] = this.#filter?.processAllSync(picture) ?? [];
    picture.free();
    if (!framed) throw new DomainError('MEDIA_FAILED', 'A picture could not be framed.');
    return framed;
  }

  #begin(shot: number, framing: ShotFraming, picture: Frame): void {
    this.#filter?.close();
    this.#shot = shot;
    this.#filter = FilterAPI.create(
      framing.kind === 'CROP' ? toPart(this.#framing, framing, picture) : toWhole(this.#framing),
    );
    // A filter takes commands once it has seen a picture.
    const trial = picture.clone();
    if (framing.kind !== 'CROP' || !trial) return;
    for (const framed of this.#filter.processAllSync(trial)) framed.free();
    trial.free();
  }

  #aim({ points, scale }: Extract<ShotFraming, { kind: 'CROP' }>, picture: Frame, seconds: number): void {
    const place = cropPlace(points, seconds, picture, cropSize(picture, this.#framing, scale));
    this.#filter?.sendCommand('crop', 'x', String(place.x));
    this.#filter?.sendCommand('crop', 'y', String(place.y));
  }
}

const WHOLE: ShotFraming = { kind: 'WHOLE' };

const toPart = (frame: Framing, { scale }: { scale: number }, picture: Frame): string => {
  const { width, height } = cropSize(picture, frame, scale);
  return `crop=${width}:${height}:0:0,scale=${frame.width}:${frame.height}:flags=bicubic,setsar=1`;
};

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
