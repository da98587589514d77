import { readFile } from 'node:fs/promises';
import { createCanvas, type Image, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import { serveChildJob } from '../../../src/media/child/main.ts';
import { openFilmWriter } from '../../../src/media/write/film-writer.ts';
import type { FacesFilm, FacesShot, Person } from './faces-film.ts';

/** Of the photograph, px: the face's middle and width, and the mouth. */
const FACE = { x: 126, y: 122, width: 86, mouth: { x: 126, y: 147, width: 30, height: 16 } };

serveChildJob(async ({ file, width, height, shots }: FacesFilm) => {
  const photograph = await loadImage(
    await readFile(new URL('../../fixtures/faces/astronaut.jpg', import.meta.url)),
  );
  const film = await openFilmWriter(file, { width, height, frameRate: 25 });
  const canvas = createCanvas(width, height);
  const draw = canvas.getContext('2d');
  for (const [number, shot] of shots.entries()) {
    for (let frame = 0; frame < shot.frames; frame += 1) {
      // Each shot has a ground of its own, with something on it.
      draw.fillStyle = `hsl(${number * 97} 25% 45%)`;
      draw.fillRect(0, 0, width, height);
      draw.fillStyle = `hsl(${number * 97 + 30} 30% 35%)`;
      for (let x = 0; x < width; x += 80) draw.fillRect(x, height * 0.7, 40, height * 0.3);
      for (const person of shot.people) drawPerson(draw, photograph, person, shot, frame);
      dim(draw, shot, width, height);
      await film.writeFrame(Buffer.from(draw.getImageData(0, 0, width, height).data));
    }
  }
  await film.close();
});

function drawPerson(
  draw: SKRSContext2D,
  photograph: Image,
  person: Person,
  { frames }: FacesShot,
  frame: number,
) {
  const { from, to = from, faceWidth, isSpeaking = false } = person;
  const share = frame / Math.max(1, frames - 1);
  const times = faceWidth / FACE.width;
  const left = from.x + (to.x - from.x) * share - FACE.x * times;
  const top = from.y + (to.y - from.y) * share - FACE.y * times;
  draw.drawImage(photograph, left, top, photograph.width * times, photograph.height * times);
  if (!isSpeaking) return;
  const open = 0.3 + 0.7 * Math.abs(Math.sin(frame * 1.3));
  draw.fillStyle = '#3a1210';
  draw.beginPath();
  draw.ellipse(
    left + FACE.mouth.x * times,
    top + FACE.mouth.y * times,
    (FACE.mouth.width / 2) * times,
    (FACE.mouth.height / 2) * times * open,
    0,
    0,
    Math.PI * 2,
  );
  draw.fill();
}

function dim(draw: SKRSContext2D, { brightness = 1 }: FacesShot, width: number, height: number) {
  draw.fillStyle = `rgb(0 0 0 / ${1 - brightness})`;
  draw.fillRect(0, 0, width, height);
}
