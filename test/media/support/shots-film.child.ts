import { serveChildJob } from '../../../src/media/child/main.ts';
import { openFilmWriter } from '../../../src/media/write/film-writer.ts';
import type { ShotsFilm } from './shots-film.ts';

serveChildJob(async ({ file, frames, cuts, flashes, brightness, noise }: ShotsFilm) => {
  const [width, height] = [256, 144];
  const film = await openFilmWriter(file, { width, height });
  const random = generator(5);
  let shot = 0;
  for (let index = 0; index < frames; index += 1) {
    if (cuts.includes(index)) shot += 1;
    const isFlash = flashes.some((flash) => index >= flash && index < flash + 2);
    const pixels = Buffer.alloc(width * height * 4, 255);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const at = (y * width + x) * 4;
        for (let channel = 0; channel < 3; channel += 1) {
          // Each shot has hues of its own, and pans.
          const wave =
            Math.sin((x + index * 2) / (9 + (shot % 5) * 7) + channel * (shot + 1)) *
            Math.cos(y / (11 + shot * 3) + shot * 1.7);
          const level = isFlash
            ? 250
            : (128 + 100 * wave * Math.sin(shot * 2.3 + channel * 1.9)) * brightness;
          pixels[at + channel] = Math.max(0, Math.min(255, level + (random() - 0.5) * noise));
        }
      }
    }
    await film.writeFrame(pixels);
  }
  await film.close();
});

function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
