/** Before and after all files of tests. */
import { SHARED } from './folder.ts';
import { enterRunFolder } from './run-folder.ts';

/** Gives a run its folder for temporary files; the run fails if one of its tests left anything there. */
export default function useRunFolder(): () => void {
  const leave = enterRunFolder();
  return () => {
    // Vitest ends the processes of tests after this, and gives them no time.
    const left = leave().filter((name) => !name.startsWith(SHARED));
    if (left.length > 0) throw new Error(`Tests left temporary files: ${left.toSorted().join(', ')}`);
  };
}
