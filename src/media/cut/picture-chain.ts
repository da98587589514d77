import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { AS_FILM } from '../encoding.ts';
import type { Look } from '../read/look.ts';
import { toUpright } from '../still/to-film.ts';
import { type Framing, FramingFilter } from './framing-filter.ts';
import type { TickedFrame } from './range-frames.ts';

export type ChainWish = {
  look: Look;
  framing: Framing | null;
  /** Filter that draws on pictures at the clip's time, or gives them another size; null without. */
  finish: string | null;
  /** Tick of the clip's first picture. */
  startTick: number;
  tickSeconds: number;
};

/** Makes the clip's pictures of the source's, one of one: upright, in the film's colours, framed, with what is drawn on them. */
export class PictureChain {
  readonly #wish: ChainWish;
  readonly #upright: FilterAPI;
  readonly #framing: FramingFilter | null;
  readonly #finish: FilterAPI;

  constructor(wish: ChainWish) {
    const { look, framing, finish } = wish;
    this.#wish = wish;
    this.#upright = FilterAPI.create(toUpright(look));
    this.#framing = framing && new FramingFilter(framing);
    this.#finish = FilterAPI.create([...(finish ? [finish] : []), AS_FILM].join(','));
  }

  /** Takes a picture, and gives those that are ready. */
  *draw({ frame, tick }: TickedFrame): Generator<TickedFrame> {
    // On the clip's clock, by which captions are drawn.
    frame.pts = BigInt(tick - this.#wish.startTick);
    yield* this.#drawAll(this.#upright.processAllSync(frame));
    frame.free();
  }

  /** Gives the last pictures; a deinterlacer waits for the next one. */
  *end(): Generator<TickedFrame> {
    this.#upright.flushSync();
    yield* this.#drawAll(this.#upright.flushFramesSync());
    this.#finish.flushSync();
    for (const frame of this.#finish.flushFramesSync()) yield this.#ticked(frame);
  }

  *#drawAll(frames: Iterable<Frame>): Generator<TickedFrame> {
    for (const upright of frames) {
      const framed = this.#framing ? this.#framing.frame(upright, this.#secondsOf(upright)) : upright;
      for (const finished of this.#finish.processAllSync(framed)) yield this.#ticked(finished);
      framed.free();
    }
  }

  #ticked(frame: Frame): TickedFrame {
    const seconds = (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den;
    return { frame, tick: Math.round(seconds / this.#wish.tickSeconds) + this.#wish.startTick };
  }

  /** On the source's clock. */
  #secondsOf({ pts, timeBase }: Frame): number {
    return (Number(pts) * timeBase.num) / timeBase.den + this.#wish.startTick * this.#wish.tickSeconds;
  }
}
