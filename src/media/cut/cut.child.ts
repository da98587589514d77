import { serveChildJob } from '../child/main.ts';
import type { ClipJob } from './cut-clip.ts';
import { makeClip } from './make-clip.ts';

serveChildJob((job: ClipJob, progress) => makeClip(job, progress));
