/** Begins to write a file, says so and never finishes: `node hold-work.child.ts <data directory> [storage url]`. */
import { writeFile } from 'node:fs/promises';
import { openStorage } from '../../../src/platform/storage/open-storage.ts';

const [dataDir = '', url = null] = process.argv.slice(2);
const storage = await openStorage({ url, dataDir });
await storage.withTemporary('mp4', async (file) => {
  await writeFile(file, 'half');
  console.log(file);
  await new Promise(() => setInterval(() => {}, 1_000));
});
