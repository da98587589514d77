/** Which tile of which page shows a film at a time, as players read it. Pure. */
import { clock } from '../../text/clock.ts';

/** px of a tile, and how many there are on a page. */
export const SPRITE = { width: 160, height: 90, columns: 10, rows: 10 } as const;

/** WebVTT without gaps from 0 to the film's end; addresses are relative to it, and name no page that is not there. */
export function spriteIndex(durationSeconds: number, everySeconds: number, pages: number): string {
  const { width, height, columns, rows } = SPRITE;
  const onPage = columns * rows;
  const tiles = Math.max(1, Math.ceil(durationSeconds / everySeconds));
  const cues = Array.from({ length: tiles }, (_, tile) => {
    const from = tile * everySeconds;
    const to = Math.min(durationSeconds, from + everySeconds);
    // A film may end a little before it said: its last picture stands for the rest.
    const shown = Math.min(tile, pages * onPage - 1);
    const [page, place] = [Math.floor(shown / onPage), shown % onPage];
    const box = [(place % columns) * width, Math.floor(place / columns) * height, width, height].join(',');
    return `${clock(from, '.')} --> ${clock(to, '.')}\nsprite-${page}.jpg#xywh=${box}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}
