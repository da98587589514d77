import { runInChild, siblingScript } from '../../../src/media/child/child.ts';
import type { OddJob } from './odd.child.ts';

const job: OddJob = { kind: 'HANG', pidFile: process.argv[2] ?? '' };
await runInChild(siblingScript(import.meta.url, './odd.child'), job);
