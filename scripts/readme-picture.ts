/** Makes the README's picture of a film: `node scripts/readme-picture.ts film.mp4`, two frames a scene. */
import { contactSheet } from '../src/media/still/poster.ts';
import { probe } from '../src/media/read/probe.ts';

const PICTURE = 'docs/images/demo-film.jpg';
/** Scenes of the demo film, all of one length. */
const SCENES = 4;
/** Moments of a scene, as shares of it: past the dissolve into it, and before the next. */
const MOMENTS = [0.35, 0.92];

const [film] = process.argv.slice(2);
if (film === undefined) throw new Error('Usage: node scripts/readme-picture.ts film.mp4');

const { durationSeconds } = await probe(film);
const sceneSeconds = durationSeconds / SCENES;
const frames = Array.from({ length: SCENES }, (_scene, index) =>
  MOMENTS.map((share) => ({ file: film, atSeconds: (index + share) * sceneSeconds })),
);
await contactSheet(frames.flat(), PICTURE);
