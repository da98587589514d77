import { serveChildJob } from '../../../src/media/child/main.ts';
import { lookAtClip } from './look-at-clip.ts';

serveChildJob((file: string) => lookAtClip(file));
