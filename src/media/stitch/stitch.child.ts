import { serveChildJob } from '../child/main.ts';
import { makeFilm } from './make-film.ts';
import type { StitchJob } from './stitch.ts';

serveChildJob((job: StitchJob, progress) => makeFilm(job, progress));
