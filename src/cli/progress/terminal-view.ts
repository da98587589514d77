import type { WriteStream } from 'node:tty';
import { apply, draw, newFilm } from './film-picture.ts';
import { redrawn } from './redrawn.ts';
import type { ProgressView } from './run-event.ts';
import { oneLine } from '../output/text-width.ts';

/** A picture of the film that is redrawn in place, for a person at a terminal. */
export function terminalView(terminal: WriteStream): ProgressView {
  const film = newFilm();
  const picture = redrawn(terminal, (elapsed, screen) => draw(film, elapsed, screen));
  return {
    show: (event) => apply(film, event),
    note: (text) => picture.redraw(`${oneLine(text)}\n`),
    close: () => picture.close(),
  };
}
