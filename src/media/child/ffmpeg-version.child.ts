import { getFFmpegInfo } from 'node-av/lib';
import { serveChildJob } from './main.ts';

serveChildJob(async () => getFFmpegInfo().version);
