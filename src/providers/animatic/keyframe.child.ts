import { serveChildJob } from '../../media/child-main.ts';
import { hideSystemFonts } from './canvas-settings.ts';
import type { KeyframeJob } from './keyframe.ts';

hideSystemFonts();
serveChildJob(async (job: KeyframeJob) => {
  const { drawKeyframe } = await import('./keyframe.ts');
  return drawKeyframe(job);
});
