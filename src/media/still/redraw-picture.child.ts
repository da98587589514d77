import { serveChildJob } from '../child/main.ts';
import { drawAnew } from './draw-anew.ts';

serveChildJob(drawAnew);
