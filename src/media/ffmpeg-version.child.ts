import { getFFmpegInfo } from 'node-av/lib';
import { serveChildJob } from './child-main.ts';

serveChildJob(async () => getFFmpegInfo().version);
