import { runInChild, siblingScript } from '../../../src/media/child/child.ts';

/** Around all pixels of a picture that differ from another film's. */
export type ChangedBox = {
  seconds: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  pixels: number;
};

/** Compares two films picture by picture. */
export const changedBoxes = (before: string, after: string): Promise<ChangedBox[]> =>
  runInChild<ChangedBox[]>(siblingScript(import.meta.url, './changed-box.child'), { before, after });
