import { randomUUID } from 'node:crypto';

/** Of this process: `/healthz` tells it, so that whoever has the address on record knows whom it reached. */
export const INSTANCE = randomUUID();
