import { serveChildJob } from '../child/main.ts';
import { describe } from './describe.ts';
import { measure } from './measure.ts';
import type { ProbeJob } from './probe.ts';

serveChildJob(async ({ file }: ProbeJob) => describe(await measure(file)));
