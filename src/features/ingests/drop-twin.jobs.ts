import { defineStep } from '../runs/engine/step.ts';
import { findTwin } from './fetch-source.jobs.ts';
import { ingestInput, type IngestInput } from './ingest.ts';

/** The step that removes a file that was kept although the library had the film, for two came at once. */
export const dropTwinStep = defineStep<IngestInput, { key: string }, { key: string }>({
  name: 'drop-twin',
  input: ingestInput,
  key: () => 'drop-twin',
  retryPolicy: { limit: 3, delaySeconds: 2 },
  async begin(tx, _ctx, _run, { ingestId }) {
    const { filePath } = await tx.ingest.findUniqueOrThrow({ where: { id: ingestId } });
    return filePath === null ? null : { key: filePath };
  },
  async work({ storage }, { key }) {
    await storage.remove(key);
    return { key };
  },
  async finish(tx, _ctx, _run, { ingestId }) {
    const ingest = await tx.ingest.findUniqueOrThrow({ where: { id: ingestId } });
    // Deleted meanwhile: then it is fetched again.
    const twin = ingest.sha256 === null ? null : await findTwin(tx, ingest, ingest.sha256);
    const found = twin ? { videoId: twin.id, videoSince: new Date() } : {};
    await tx.ingest.update({ where: { id: ingestId }, data: { filePath: null, ...found } });
  },
  async fail() {},
});
