/** Which tile of a sheet shows a film at a time, as players read it. Pure. */
import { clock } from '../../text/clock.ts';

/** px of a tile, and how many there are in a row. */
export const SPRITE = { width: 160, height: 90, columns: 10 } as const;

/** Most tiles of a film; what a seek bar has places for. */
const MOST_TILES = 600;

/** Seconds from one tile of a film to the next: one, or as many as it takes to have no more than 600. */
export const spriteStep = (durationSeconds: number): number =>
  Math.max(1, Math.ceil(durationSeconds / MOST_TILES));

/** How many tiles a film has. */
export const spriteTiles = (durationSeconds: number, everySeconds: number): number =>
  Math.max(1, Math.ceil(durationSeconds / everySeconds));

/** WebVTT without gaps from 0 to the film's end; each cue names a tile of the sheet at `address`. */
export function spriteIndex(durationSeconds: number, everySeconds: number, address: string): string {
  const { width, height, columns } = SPRITE;
  const cues = Array.from({ length: spriteTiles(durationSeconds, everySeconds) }, (_, tile) => {
    const from = tile * everySeconds;
    const to = Math.min(durationSeconds, from + everySeconds);
    const box = [(tile % columns) * width, Math.floor(tile / columns) * height, width, height].join(',');
    return `${clock(from, '.')} --> ${clock(to, '.')}\n${address}#xywh=${box}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}
