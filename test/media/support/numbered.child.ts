import { serveChildJob } from '../../../src/media/child/main.ts';
import { drawNumbered } from './draw-numbered.ts';
import type { NumberedFilm } from './numbered.ts';

serveChildJob(async ({ directory, films }: { directory: string; films: NumberedFilm[] }, progress) => {
  for (const [index, film] of films.entries()) {
    await drawNumbered(directory, film);
    progress((index + 1) / films.length);
  }
});
