import { basename, join } from 'node:path';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import { writeWhole } from '../write/atomic-file.ts';
import { spriteStep } from './sprite-index.ts';

export type SpriteRequest = {
  /** Of a film with keyframes far apart, some tiles show the same picture: its proxy has one a second. */
  file: string;
  durationSeconds: number;
  /** A JPEG. */
  toFile: string;
};

/** Small pictures of a film for a player's seek bar, in one sheet. */
export type Sprite = {
  /** From one tile to the next. */
  everySeconds: number;
};

export type SpriteJob = { file: string; durationSeconds: number; toFile: string; everySeconds: number };

/**
 * Writes a sheet of pictures of a film, one every second or of a long film every few, in a process of its own. Only
 * keyframes are decoded. The file appears whole or not at all; `spriteIndex` says which tile is whose.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export const makeSprite = (
  { file, durationSeconds, toFile }: SpriteRequest,
  { signal }: Pick<ChildOptions, 'signal'> = {},
): Promise<Sprite> =>
  writeWhole(toFile, async (directory) => {
    const everySeconds = spriteStep(durationSeconds);
    const sheet = join(directory, basename(toFile));
    const job: SpriteJob = { file, durationSeconds, toFile: sheet, everySeconds };
    await runInChild(siblingScript(import.meta.url, './sprite.child'), job, { signal });
    return { file: sheet, result: { everySeconds } };
  });
