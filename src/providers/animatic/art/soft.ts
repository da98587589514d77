import { createCanvas } from '@napi-rs/canvas';
import type { Painter } from './painter.ts';
import type { Stage } from './stage.ts';

/** How much smaller soft things are painted: what a blur hides need not be drawn. */
const SOFT_SCALE = 4;

/** A painter on a small clear canvas; `settle` lays what it painted, blurred, over `painter`'s. */
export function openSoft(stage: Stage, painter: Painter, blur: number): { painter: Painter; settle(): void } {
  const { left, right, top, bottom } = stage;
  const small = createCanvas(Math.ceil((right - left) / SOFT_SCALE), Math.ceil((bottom - top) / SOFT_SCALE));
  const ctx = small.getContext('2d');
  ctx.scale(1 / SOFT_SCALE, 1 / SOFT_SCALE);
  ctx.translate(-left, -top);
  return {
    painter: painter.on(ctx),
    settle() {
      const soft = createCanvas(small.width, small.height);
      const over = soft.getContext('2d');
      over.filter = `blur(${blur / SOFT_SCALE}px)`;
      over.drawImage(small, 0, 0);
      painter.ctx.drawImage(soft, left, top, soft.width * SOFT_SCALE, soft.height * SOFT_SCALE);
    },
  };
}
