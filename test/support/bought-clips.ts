import type { ClipVerdict } from '../../src/providers/clip-verdict.ts';
import type { RemoteClips } from '../../src/providers/capabilities/clip.ts';

const never = new AbortController().signal;

/**
 * Asks about clips that were bought, and fetches them.
 *
 * @param at where a file of a name goes.
 */
export function boughtClips(clips: RemoteClips, at: (name: string) => string) {
  const poll = (operationName: string) => clips.poll(operationName, { signal: never });
  return {
    poll,
    cancel: (operationName: string) => clips.cancel(operationName, { signal: never }),
    download: (uri: string, name: string) => clips.download(uri, at(name), { signal: never }),
    /** Polls until the operation has ended. */
    async end(operationName: string): Promise<ClipVerdict> {
      for (;;) {
        const operation = await poll(operationName);
        if (operation.verdict !== 'STILL_WORKING') return operation;
      }
    },
  };
}
