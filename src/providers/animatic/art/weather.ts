import type { SKRSContext2D } from '@napi-rs/canvas';
import { fade } from './color.ts';
import { between, seededRandom } from './random.ts';
import type { Stage } from './stage.ts';

/** Something that is never still; drawn anew for each frame, in the plane of a layer. */
export type Motion = {
  /** Drawn right above this layer. */
  above: 'sky' | 'far' | 'mid' | 'near';
  /** `seconds` may be negative; the motion has no beginning. */
  draw(ctx: SKRSContext2D, seconds: number): void;
};

/** What moves in a stage: stars, glitter, birds, the beam, rain, snow, mist. */
export function motionsOf(stage: Stage): Motion[] {
  const { recipe } = stage;
  const night = recipe.hour === 'night' || recipe.place === 'space';
  const motions: Motion[] = [];
  if (night && (recipe.weather === 'clear' || recipe.place === 'space')) motions.push(stars(stage));
  if (recipe.place === 'sea' || recipe.place === 'river') motions.push(glitter(stage));
  if (recipe.subject === 'birds' || recipe.companion === 'birds' || (recipe.place === 'sea' && !night))
    motions.push(birds(stage));
  if (recipe.subject === 'lighthouse' && stage.dark) motions.push(beam(stage));
  if (recipe.place !== 'space' && recipe.place !== 'room') {
    if (recipe.weather === 'rain') motions.push(rain(stage));
    if (recipe.weather === 'snow') motions.push(snow(stage));
  }
  if (recipe.weather === 'clear') motions.push(motes(stage));
  return motions;
}

/** A value from 0 to 1 that returns to its start; the sign of time does not matter. */
const loop = (value: number): number => value - Math.floor(value);

function stars({ framing, recipe, palette, left, right, top }: Stage): Motion {
  const random = seededRandom(recipe.seed + 11);
  const foot = recipe.place === 'space' ? framing.height : framing.horizon * 0.92;
  const sky = Array.from({ length: 170 }, () => ({
    x: between(random, left, right),
    y: top + (foot - top) * random() ** 1.4,
    size: framing.unit * (0.6 + 1.5 * random() ** 3),
    phase: random() * 7,
    pace: between(random, 0.7, 2.2),
  }));
  return {
    above: 'sky',
    draw(ctx, seconds) {
      ctx.fillStyle = palette.light;
      for (const { x, y, size, phase, pace } of sky) {
        ctx.globalAlpha = 0.45 + 0.4 * Math.sin(phase + seconds * pace);
        ctx.fillRect(x - size, y - size, size * 2, size * 2);
      }
      ctx.globalAlpha = 1;
    },
  };
}

function glitter({ framing, recipe, palette, sun, bottom }: Stage): Motion {
  const random = seededRandom(recipe.seed + 12);
  const sparks = Array.from({ length: 90 }, () => {
    const depth = random() ** 1.3;
    const spread = framing.width * (0.03 + depth * 0.14);
    return {
      x: sun.x + (random() + random() - 1) * spread,
      y: framing.horizon + 4 + depth * (bottom - framing.horizon) * 0.62,
      length: framing.unit * (6 + depth * 46),
      thick: framing.unit * (1 + depth * 3),
      phase: random() * 7,
      pace: between(random, 1.2, 2.6),
    };
  });
  return {
    above: 'far',
    draw(ctx, seconds) {
      ctx.fillStyle = palette.light;
      for (const { x, y, length, thick, phase, pace } of sparks) {
        ctx.globalAlpha =
          Math.max(0, 0.2 + 0.55 * Math.sin(phase + seconds * pace)) * (recipe.weather === 'clear' ? 1 : 0.4);
        ctx.fillRect(x - length / 2 + Math.sin(phase + seconds * 0.8) * framing.unit * 3, y, length, thick);
      }
      ctx.globalAlpha = 1;
    },
  };
}

function birds({ framing, recipe, palette, dark }: Stage): Motion {
  const random = seededRandom(recipe.seed + 13);
  const main = recipe.subject === 'birds';
  const flock = Array.from({ length: main ? 15 : 6 }, (_, index) => ({
    x: framing.width * (main ? between(random, 0.3, 0.95) : 0.36 + index * 0.045),
    y:
      framing.horizon *
      (main ? between(random, 0.2, 0.72) : 0.42 + Math.abs(index - 2) * 0.035 + random() * 0.02),
    span: framing.unit * (main ? between(random, 12, 44) : between(random, 8, 14)),
    phase: random() * 7,
  }));
  return {
    above: 'far',
    draw(ctx, seconds) {
      ctx.strokeStyle = dark ? palette.near : palette.mid;
      ctx.lineCap = 'round';
      for (const { x, y, span, phase } of flock) {
        const beat = Math.sin(seconds * 5 + phase) * 0.45;
        const at = x + seconds * framing.unit * 9 * (span / (framing.unit * 14));
        ctx.lineWidth = span * 0.13;
        ctx.beginPath();
        ctx.moveTo(at - span, y - span * (0.25 + beat));
        ctx.quadraticCurveTo(at - span * 0.4, y - span * (0.3 + beat * 0.4), at, y);
        ctx.quadraticCurveTo(
          at + span * 0.4,
          y - span * (0.3 + beat * 0.4),
          at + span,
          y - span * (0.25 + beat),
        );
        ctx.stroke();
      }
    },
  };
}

/** The lamp's two arms turn; only what crosses the air is seen, bright in its middle. */
function beam({ framing, palette, recipe }: Stage): Motion {
  const y = framing.ground - framing.size * 0.885;
  return {
    above: 'far',
    draw(ctx, seconds) {
      ctx.globalCompositeOperation = recipe.style === 'watercolor' ? 'source-over' : 'screen';
      for (const half of [0, Math.PI]) {
        const angle = seconds * 0.42 + half + (recipe.seed % 5) * 0.2 - 0.5;
        const reach = framing.width * 1.05 * Math.cos(angle);
        const drop = framing.height * 0.05 * Math.sin(angle);
        for (const [spread, strength] of BEAM_SHEATHS) {
          const width = framing.size * (0.05 + 0.24 * Math.abs(Math.cos(angle))) * spread;
          const gradient = ctx.createLinearGradient(framing.x, y, framing.x + reach, y);
          gradient.addColorStop(0, fade(palette.lamp, strength * Math.abs(Math.cos(angle)) ** 0.5));
          gradient.addColorStop(0.45, fade(palette.lamp, strength * 0.4));
          gradient.addColorStop(1, fade(palette.lamp, 0));
          ctx.fillStyle = gradient;
          ctx.beginPath();
          ctx.moveTo(framing.x, y - framing.size * 0.016 * spread);
          ctx.lineTo(framing.x + reach, y - width - drop);
          ctx.lineTo(framing.x + reach, y + width - drop);
          ctx.lineTo(framing.x, y + framing.size * 0.016 * spread);
          ctx.fill();
        }
      }
      ctx.globalCompositeOperation = 'source-over';
    },
  };
}

/** Width and strength of the beam's core and of the air around it. */
const BEAM_SHEATHS = [
  [1, 0.16],
  [0.72, 0.18],
  [0.42, 0.26],
] as const;

function rain({ framing, recipe, palette, left, right, top, bottom }: Stage): Motion {
  const random = seededRandom(recipe.seed + 14);
  const drops = Array.from({ length: 240 }, () => ({ x: random(), y: random(), near: random() }));
  return {
    above: 'near',
    draw(ctx, seconds) {
      ctx.strokeStyle = palette.light;
      for (const share of [0, 1, 2]) {
        ctx.globalAlpha = 0.1 + share * 0.09;
        ctx.lineWidth = framing.unit * (0.8 + share * 0.7);
        ctx.beginPath();
        for (const { x, y, near } of drops) {
          if (Math.floor(near * 3) !== share) continue;
          const length = framing.unit * (20 + share * 26);
          const at = top + loop(y + seconds * (0.9 + share * 0.4)) * (bottom - top + length) - length;
          const across = left + loop(x + seconds * 0.05 - (at / framing.height) * 0.12) * (right - left);
          ctx.moveTo(across, at);
          ctx.lineTo(across - length * 0.2, at + length);
        }
        ctx.stroke();
      }
      ctx.globalAlpha = 1;
    },
  };
}

function snow({ framing, recipe, left, right, top, bottom }: Stage): Motion {
  const random = seededRandom(recipe.seed + 15);
  const flakes = Array.from({ length: 200 }, () => ({
    x: random(),
    y: random(),
    near: random() ** 2.4,
    sway: random() * 7,
  }));
  return {
    above: 'near',
    draw(ctx, seconds) {
      ctx.fillStyle = '#ffffff';
      for (const { x, y, near, sway } of flakes) {
        const size = framing.unit * (1.3 + near * 7);
        const at = top + loop(y + seconds * (0.04 + near * 0.09)) * (bottom - top);
        const across = left + loop(x + Math.sin(sway + seconds * 0.7) * 0.012) * (right - left);
        ctx.globalAlpha = 0.8 - near * 0.45;
        ctx.beginPath();
        ctx.arc(across, at, size, 0, Math.PI * 2);
        ctx.fill();
      }
      ctx.globalAlpha = 1;
    },
  };
}

/** Dust, spray or fireflies that catch the light. */
function motes({ framing, recipe, palette, dark }: Stage): Motion {
  const random = seededRandom(recipe.seed + 16);
  const specks = Array.from({ length: 34 }, () => ({
    x: random(),
    y: between(random, 0.25, 0.95),
    phase: random() * 7,
    near: random() ** 2,
  }));
  return {
    above: 'mid',
    draw(ctx, seconds) {
      ctx.fillStyle = dark ? palette.lamp : palette.light;
      for (const { x, y, phase, near } of specks) {
        ctx.globalAlpha = Math.max(0, (0.4 - near * 0.22) * (0.5 + 0.5 * Math.sin(phase + seconds * 0.9)));
        ctx.beginPath();
        ctx.arc(
          framing.width * loop(x + Math.sin(phase + seconds * 0.15) * 0.015),
          framing.height * (y - Math.sin(phase * 2 + seconds * 0.2) * 0.02),
          framing.unit * (1.1 + near * 5),
          0,
          Math.PI * 2,
        );
        ctx.fill();
      }
      ctx.globalAlpha = 1;
    },
  };
}
