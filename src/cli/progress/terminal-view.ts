import type { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import { apply, draw, newFilm } from './film-picture.ts';
import type { ProgressView } from './run-event.ts';
import { oneLine } from '../output/text-width.ts';

const REDRAW_MS = 200;
const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
const CLEAR_BELOW = '\u001B[0J';
const up = (rows: number) => (rows > 0 ? `\u001B[${rows}A` : '');

/** A picture of the film that is redrawn in place, for a person at a terminal. */
export function terminalView(terminal: WriteStream): ProgressView {
  const film = newFilm();
  const started = performance.now();
  let drawn: string[] = [];

  // A terminal that became narrower has wrapped what was drawn.
  const rowsOf = (line: string) =>
    Math.max(1, Math.ceil(stripVTControlCharacters(line).length / Math.max(1, terminal.columns)));
  const back = () => `${up(drawn.reduce((rows, line) => rows + rowsOf(line), 0))}\r${CLEAR_BELOW}`;

  const redraw = (above = '') => {
    const elapsed = (performance.now() - started) / 1_000;
    const erase = back();
    drawn = draw(film, elapsed, { columns: terminal.columns - 1, rows: terminal.rows });
    terminal.write(`${HIDE_CURSOR}${erase}${above}${drawn.join('\n')}\n`);
  };
  const resized = () => redraw();
  const showCursor = () => void terminal.write(SHOW_CURSOR);
  const timer = setInterval(redraw, REDRAW_MS);
  terminal.on('resize', resized);
  // Leaving at the second Ctrl-C must not leave a terminal without a cursor.
  process.on('exit', showCursor);

  return {
    show: (event) => apply(film, event),
    note: (text) => redraw(`${oneLine(text)}\n`),
    close: () => {
      clearInterval(timer);
      terminal.off('resize', resized);
      process.off('exit', showCursor);
      redraw();
      showCursor();
    },
  };
}
