import { fade, mix } from './color.ts';
import type { Painter } from './painter.ts';
import { between } from './random.ts';
import { type Outline, type Point, ellipse, smooth } from './shapes.ts';
import { openSoft } from './soft.ts';
import type { Stage } from './stage.ts';

/** Paints the whole background: air, sun or moon, clouds. Stars twinkle, so they are the weather's. */
export function paintSky(stage: Stage, painter: Painter): void {
  const { palette, framing, left, right, top, bottom, recipe } = stage;
  const gradient = painter.ctx.createLinearGradient(
    0,
    top,
    0,
    Math.max(framing.horizon + framing.height * 0.06, framing.height * 0.45),
  );
  [0, 0.42, 0.8, 1].forEach((stop, index) => gradient.addColorStop(stop, palette.sky[index] ?? palette.haze));
  painter.ctx.fillStyle = gradient;
  painter.ctx.fillRect(left, top, right - left, bottom - top);
  if (recipe.place === 'space') return paintSpace(stage, painter);
  const covered = recipe.weather === 'rain' || recipe.weather === 'snow' || recipe.weather === 'fog';
  if (!covered || recipe.style === 'neon') paintSun(stage, painter);
  else painter.glow(stage.sun.x, stage.sun.y, framing.width * 0.5, palette.light, 0.35);
  paintClouds(stage, painter, covered ? 1.6 : 1);
}

function paintSun({ sun, palette, recipe, framing }: Stage, painter: Painter): void {
  const night = recipe.hour === 'night' && recipe.style !== 'neon';
  painter.ctx.globalCompositeOperation = recipe.style === 'watercolor' ? 'source-over' : 'screen';
  painter.glow(sun.x, sun.y, framing.width * (night ? 0.34 : 0.55), palette.light, night ? 0.34 : 0.62);
  painter.glow(sun.x, sun.y, sun.radius * 2.6, palette.light, night ? 0.3 : 0.5);
  painter.ctx.globalCompositeOperation = 'source-over';
  if (recipe.style === 'neon') return stripedSun(painter, sun);
  if (recipe.style === 'watercolor') return washedSun(painter, sun);
  painter.solid([ellipse(sun.x, sun.y, sun.radius)], 0, { flat: true, color: palette.light });
  if (!night) return;
  for (const [dx, dy, share] of [
    [-0.3, -0.2, 0.24],
    [0.28, 0.1, 0.17],
    [-0.05, 0.42, 0.2],
  ] as const) {
    painter.solid([ellipse(sun.x + dx * sun.radius, sun.y + dy * sun.radius, sun.radius * share)], 0, {
      flat: true,
      color: mix(palette.light, palette.sky[2], 0.16),
    });
  }
}

function stripedSun(painter: Painter, { x, y, radius }: Stage['sun']): void {
  const { ctx, palette } = painter;
  ctx.save();
  const disc = painter.path([ellipse(x, y, radius)]);
  const gradient = ctx.createLinearGradient(0, y - radius, 0, y + radius);
  gradient.addColorStop(0, mix(palette.light, '#fff6a0', 0.4));
  gradient.addColorStop(0.5, palette.light);
  gradient.addColorStop(1, '#ff2f8e');
  ctx.clip(disc);
  ctx.fillStyle = gradient;
  for (let band = 0; band < 8; band += 1) {
    const from = y - radius + (band === 0 ? 0 : radius * (0.72 + (band - 1) * 0.19));
    const to = y - radius + radius * (0.72 + band * 0.19) - radius * (0.018 + band * 0.014);
    ctx.fillRect(x - radius, from, radius * 2, to - from);
  }
  ctx.restore();
}

function washedSun(painter: Painter, { x, y, radius }: Stage['sun']): void {
  for (const [scale, opacity] of [
    [2.1, 0.16],
    [1.5, 0.22],
    [1.05, 0.7],
  ] as const) {
    painter.ctx.globalAlpha = opacity;
    painter.solid([bloom(painter, x, y, radius * scale, 0.06)], 0, {
      flat: true,
      color: painter.palette.light,
    });
  }
  painter.ctx.globalAlpha = 1;
}

function bloom(painter: Painter, x: number, y: number, radius: number, rough: number, flatness = 1): Outline {
  return smooth(
    Array.from({ length: 16 }, (_, index): Point => {
      const angle = (index / 16) * Math.PI * 2;
      const reach = radius * between(painter.random, 1 - rough, 1 + rough);
      return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach * flatness];
    }),
    5,
  );
}

function paintClouds(stage: Stage, painter: Painter, amount: number): void {
  const { recipe } = stage;
  if (recipe.style === 'anime') return cumulus(stage, painter, amount);
  if (recipe.style === 'watercolor') return wetClouds(stage, painter, amount);
  if (recipe.style === 'neon') return;
  streaks(stage, painter, amount);
}

/** Long thin banks, lit from the sun's side. */
function streaks(stage: Stage, painter: Painter, amount: number): void {
  const { framing, palette, sun, recipe } = stage;
  const { random } = painter;
  const heavy = recipe.style === 'noir' || recipe.style === 'documentary';
  const soft = openSoft(stage, painter, (heavy ? 11 : 7) * framing.unit);
  for (let index = 0; index < Math.round(11 * amount); index += 1) {
    const y = framing.horizon * between(random, 0.05, 0.93);
    const length = framing.width * between(random, 0.14, 0.46);
    const x = between(random, -0.1, 1.1) * framing.width;
    const lit = Math.max(0, 1 - Math.hypot(x - sun.x, (y - sun.y) * 1.6) / (framing.width * 0.6));
    const color = mix(mix(palette.sky[1], palette.haze, 0.5), palette.light, lit * 0.75);
    soft.painter.ctx.globalAlpha = between(random, 0.14, 0.34) * (heavy ? 1.2 : 1);
    for (let bank = 0; bank < 3; bank += 1) {
      const shift = between(random, -0.3, 0.3) * length;
      soft.painter.solid(
        [
          ellipse(
            x + shift,
            y + bank * 7 * framing.unit,
            length * between(random, 0.3, 0.6),
            framing.unit * between(random, 4, heavy ? 22 : 12),
          ),
        ],
        0,
        { flat: true, color },
      );
    }
  }
  soft.settle();
}

/** Piled summer clouds: a bright crown over a flat shaded base. */
function cumulus(stage: Stage, painter: Painter, amount: number): void {
  const { framing, palette } = stage;
  const { random, ctx } = painter;
  const bank = (x: number, y: number, scale: number, opacity: number) => {
    const puffs = Array.from({ length: 11 }, (_, index) => {
      const along = (index / 10) * 2 - 1;
      const radius = scale * (0.2 + 0.3 * (1 - along * along)) * between(random, 0.75, 1.15);
      return { x: x + along * scale * 1.25, y: y - radius * between(random, 0.35, 0.75), radius };
    });
    const layers = [
      { color: mix(palette.haze, palette.sky[1], 0.42), dx: 0, dy: 0, shrink: 1 },
      {
        color: mix(palette.haze, palette.light, 0.35),
        dx: stage.lightFrom[0] * 0.06,
        dy: -0.05,
        shrink: 0.93,
      },
      {
        color: mix(palette.light, palette.sky[2], stage.recipe.hour === 'night' ? 0.55 : 0),
        dx: stage.lightFrom[0] * 0.11,
        dy: -0.13,
        shrink: 0.8,
      },
    ];
    ctx.save();
    ctx.beginPath();
    ctx.rect(x - scale * 2.2, y - scale * 2, scale * 4.4, scale * 2);
    ctx.clip();
    ctx.globalAlpha = opacity;
    for (const { color, dx, dy, shrink } of layers) {
      for (const puff of puffs)
        painter.solid([ellipse(puff.x + dx * scale, puff.y + dy * scale, puff.radius * shrink)], 0, {
          flat: true,
          color,
        });
    }
    ctx.restore();
  };
  const short = Math.min(framing.width, framing.height);
  for (let index = 0; index < Math.round(5 * amount); index += 1) {
    bank(
      framing.width * between(random, -0.05, 1.05),
      framing.horizon * (0.98 - index * 0.035),
      short * between(random, 0.1, 0.22),
      0.95,
    );
  }
  for (let index = 0; index < Math.round(2 * amount); index += 1) {
    bank(
      framing.width * (index % 2 ? 0.16 : 0.84) + between(random, -60, 60),
      framing.horizon * between(random, 0.42, 0.66),
      short * between(random, 0.16, 0.26),
      1,
    );
  }
}

/** Paint dropped into wet paper. */
function wetClouds(stage: Stage, painter: Painter, amount: number): void {
  const { framing, palette } = stage;
  const { random } = painter;
  const soft = openSoft(stage, painter, 9 * framing.unit);
  for (let index = 0; index < Math.round(12 * amount); index += 1) {
    const y = framing.horizon * between(random, -0.05, 0.95);
    const radius = framing.width * between(random, 0.06, 0.17);
    const pale = index % 2 === 0;
    soft.painter.ctx.globalAlpha = pale ? 0.55 : 0.3;
    soft.painter.solid([bloom(painter, framing.width * random(), y, radius, 0.28, 0.36)], 0, {
      flat: true,
      color: pale ? mix(palette.sky[3], '#ffffff', 0.5) : palette.sky[0],
    });
  }
  soft.settle();
}

/** Dust lanes and a world that fills the horizon. */
function paintSpace(stage: Stage, painter: Painter): void {
  const { framing, palette } = stage;
  const { ctx, random } = painter;
  ctx.save();
  ctx.fillStyle = fade(mix(palette.near, '#000008', 0.5), 0.72);
  ctx.fillRect(stage.left, stage.top, stage.right - stage.left, stage.bottom - stage.top);
  ctx.restore();
  const soft = openSoft(stage, painter, 46 * framing.unit);
  for (let index = 0; index < 9; index += 1) {
    const t = index / 8;
    soft.painter.ctx.globalAlpha = between(random, 0.16, 0.36);
    soft.painter.solid(
      [
        bloom(
          painter,
          framing.width * (t * 1.2 - 0.1),
          framing.height * (0.62 - t * 0.42 + between(random, -0.07, 0.07)),
          framing.height * between(random, 0.1, 0.24),
          0.4,
          0.6,
        ),
      ],
      0,
      { flat: true, color: index % 2 ? palette.sky[2] : palette.sky[3] },
    );
  }
  soft.settle();
  const radius = framing.height * 0.2;
  const [x, y] = [framing.width * (framing.width > framing.height ? 0.3 : 0.28), framing.height * 0.27];
  painter.glow(x, y, radius * 1.7, palette.light, 0.3);
  const disc = painter.path([ellipse(x, y, radius)]);
  const shade = ctx.createLinearGradient(
    x + stage.lightFrom[0] * radius,
    y - radius,
    x - stage.lightFrom[0] * radius,
    y + radius,
  );
  shade.addColorStop(0, mix(palette.light, palette.haze, 0.25));
  shade.addColorStop(0.45, palette.far);
  shade.addColorStop(1, palette.near);
  ctx.fillStyle = shade;
  ctx.fill(disc);
  ctx.save();
  ctx.clip(disc);
  for (let band = 0; band < 7; band += 1) {
    ctx.globalAlpha = 0.16;
    painter.solid(
      [ellipse(x, y - radius + band * radius * 0.33, radius * 1.2, radius * between(random, 0.04, 0.11), 0)],
      0,
      { flat: true, color: band % 2 ? palette.light : palette.near },
    );
  }
  ctx.restore();
  painter.line(ellipse(x, y, radius * 1.75, radius * 0.3), palette.light, framing.unit * 2.4, 0.5);
}
