import { writeFile } from 'node:fs/promises';
import { createCanvas } from '@napi-rs/canvas';
import { serveChildJob } from '../child/main.ts';
import { readStill } from './read-still.ts';

/** A picture of a contact sheet. */
export type SheetFrame = { file: string; atSeconds: number };

export type StillJob = {
  still:
    | { kind: 'POSTER'; file: string; atSeconds: number }
    | { kind: 'CONTACT_SHEET'; frames: readonly SheetFrame[] };
  toFile: string;
};

/** Of 100: no visible loss, a third of the size of 100. */
const JPEG_QUALITY = 92;

const SHEET_COLUMNS = 4;
/** px */
const SHEET_FRAME_WIDTH = 480;
/** px */
const SHEET_GAP = 6;
const SHEET_GROUND = '#101114';

serveChildJob(async ({ still, toFile }: StillJob, progress) => {
  const canvas =
    still.kind === 'POSTER'
      ? await readStill(still.file, still.atSeconds)
      : await drawSheet(still.frames, progress);
  await writeFile(toFile, await canvas.encode('jpeg', JPEG_QUALITY));
});

async function drawSheet(frames: readonly SheetFrame[], progress: (share: number) => void) {
  const stills = [];
  for (const { file, atSeconds } of frames) {
    stills.push(await readStill(file, atSeconds));
    progress(stills.length / frames.length);
  }
  const columns = Math.min(SHEET_COLUMNS, stills.length);
  const rows = Math.ceil(stills.length / SHEET_COLUMNS);
  const tallest = Math.max(...stills.map(({ width, height }) => height / width));
  const cell = { width: SHEET_FRAME_WIDTH, height: Math.round(SHEET_FRAME_WIDTH * tallest) };
  const sheet = createCanvas(along(columns, cell.width), along(rows, cell.height));
  const context = sheet.getContext('2d');
  context.fillStyle = SHEET_GROUND;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.imageSmoothingQuality = 'high';
  for (const [index, still] of stills.entries()) {
    const left = along(index % SHEET_COLUMNS, cell.width);
    const top = along(Math.floor(index / SHEET_COLUMNS), cell.height);
    context.drawImage(still, left, top, cell.width, (cell.width * still.height) / still.width);
  }
  return sheet;
}

/** Where the cell of this number begins, or what so many cells take up. */
const along = (cells: number, size: number): number => SHEET_GAP + cells * (size + SHEET_GAP);
