import { serveChildJob } from '../child/main.ts';
import { drawMiddle } from './draw-anew.ts';

serveChildJob(drawMiddle);
