import type { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';

const REDRAW_MS = 200;
const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
const CLEAR_BELOW = '\u001B[0J';
const up = (rows: number) => (rows > 0 ? `\u001B[${rows}A` : '');

/** What a picture has room for, in columns and rows of text. */
export type Screen = { columns: number; rows: number };

export type Redrawn = {
  /** Draws anew now, below a text that stays. */
  redraw(above?: string): void;
  /** Leaves the last picture where it is. */
  close(): void;
};

/**
 * Draws a picture at the end of a terminal, in place, until it is closed.
 *
 * @param draw its lines as they are by now; none may be wider than the screen.
 */
export function redrawn(
  terminal: WriteStream,
  draw: (elapsedSeconds: number, screen: Screen) => string[],
): Redrawn {
  const started = performance.now();
  let drawn: string[] = [];

  // A terminal that became narrower has wrapped what was drawn.
  const rowsOf = (line: string) =>
    Math.max(1, Math.ceil(stripVTControlCharacters(line).length / Math.max(1, terminal.columns)));
  const back = () => `${up(drawn.reduce((rows, line) => rows + rowsOf(line), 0))}\r${CLEAR_BELOW}`;

  const redraw = (above = '') => {
    const elapsed = (performance.now() - started) / 1_000;
    const erase = back();
    drawn = draw(elapsed, { columns: terminal.columns - 1, rows: terminal.rows });
    terminal.write(`${HIDE_CURSOR}${erase}${above}${drawn.join('\n')}\n`);
  };
  const resized = () => redraw();
  const showCursor = () => void terminal.write(SHOW_CURSOR);
  const timer = setInterval(redraw, REDRAW_MS);
  terminal.on('resize', resized);
  // Leaving at the second Ctrl-C must not leave a terminal without a cursor.
  process.on('exit', showCursor);

  return {
    redraw,
    close: () => {
      clearInterval(timer);
      terminal.off('resize', resized);
      process.off('exit', showCursor);
      redraw();
      showCursor();
    },
  };
}
