import { serveChildJobs } from '../../media/child/main.ts';
import { hideSystemFonts } from './canvas-settings.ts';
import type { StudioJob } from './studio-job.ts';

hideSystemFonts();
// Node warns that WASI is experimental; on stderr it would pass for a media failure's reason.
process.removeAllListeners('warning');
serveChildJobs(async (job: StudioJob, progress) => {
  if (job.kind === 'keyframe') {
    const { drawKeyframe } = await import('./keyframe.ts');
    return drawKeyframe(job);
  }
  if (job.kind === 'voice') {
    const { wordTimes } = await import('./clip/word-times.ts');
    return wordTimes(job);
  }
  const { renderClip } = await import('./clip/render.ts');
  return renderClip(job, progress);
});
