import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { animatic } from '../../src/providers/animatic/index.ts';
import type { FilmProvider } from '../../src/providers/adapter.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { changed } from './changed.ts';
import { useFixture } from './fixture.ts';
import { temporaryFolder } from './temporary/folder.ts';

/** Long enough for a run to be paused between two clips. Milliseconds. */
const RENDERING_MS = 400;

/**
 * For a file of tests: the animatic, which draws its first frame and its first clip and gives copies of them out for all
 * others, all of one shape and length. For what looks at runs and not at pictures: drawing is nine tenths of a film.
 */
export function useCopiedFilms(): void {
  useFixture(
    async () => {
      const directory = temporaryFolder('copied');
      installProvider(copying(directory));
      return {};
    },
    async () => installProvider(animatic),
  );
}

function copying(directory: string): FilmProvider {
  const { KEYFRAME, CLIP } = animatic.capabilities;
  if (CLIP.kind !== 'LOCAL') throw new Error('The animatic renders here.');
  const render = copiesOf(path.join(directory, 'clip.mp4'), CLIP.render);
  return changed(animatic, {
    KEYFRAME: { call: copiesOf(path.join(directory, 'frame.png'), KEYFRAME.call) },
    CLIP: {
      async render(request, options) {
        await sleep(RENDERING_MS, undefined, { signal: options.signal });
        return render(request, options);
      },
    },
  });
}

/** What makes a file the first time it is called, and copies that one from then on. */
function copiesOf<Request extends { toFile: string }, Rest extends unknown[], Result>(
  original: string,
  make: (request: Request, ...rest: Rest) => Promise<Result>,
): (request: Request, ...rest: Rest) => Promise<Result> {
  let first: Promise<Result> | undefined;
  return async (request, ...rest) => {
    first ??= make({ ...request, toFile: original }, ...rest).catch((error: unknown) => {
      first = undefined;
      throw error;
    });
    const result = await first;
    await copyFile(original, request.toFile);
    return result;
  };
}
