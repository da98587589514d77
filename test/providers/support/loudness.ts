import { runInChild, siblingScript } from '../../../src/media/child/child.ts';

/** RMS of a film's first two seconds of sound, 0 to 1. */
export const loudnessOf = (file: string): Promise<number> =>
  runInChild<number>(siblingScript(import.meta.url, './loudness.child'), { file });
