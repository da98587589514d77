import { serveChildJob } from '../../media/child-main.ts';
import { hideSystemFonts } from './canvas-settings.ts';
import type { ClipJob } from './clip/render.ts';

hideSystemFonts();
// Node warns that WASI is experimental; on stderr it would pass for a media failure's reason.
process.removeAllListeners('warning');
serveChildJob(async (job: ClipJob, progress) => {
  const { renderClip } = await import('./clip/render.ts');
  return renderClip(job, progress);
});
