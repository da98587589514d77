import { type Finding, problem } from '../../core/finding.ts';
import { runInChild, siblingScript } from './child.ts';

const NAME = 'ffmpeg';

/** Whether FFmpeg's library loads on this machine, in a process of its own as all media work is. */
export async function checkFfmpeg(): Promise<Finding> {
  try {
    const version = await runInChild<string>(siblingScript(import.meta.url, './ffmpeg-version.child'), {});
    return { name: NAME, state: 'OK', detail: `${version}, in the package node-av.` };
  } catch (error) {
    const { detail } = problem(NAME, error);
    return { name: NAME, state: 'PROBLEM', detail: `${detail}; install the packages again (npm install).` };
  }
}
