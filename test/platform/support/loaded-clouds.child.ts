/** Prints which clouds' SDKs are loaded to open a storage: `node loaded-clouds.child.ts <data directory> [storage url]`. */
import { registerHooks } from 'node:module';

const CLOUDS = ['@aws-sdk/client-s3', '@google-cloud/storage'];
const loaded = new Set<string>();
registerHooks({
  resolve(specifier, context, next) {
    if (CLOUDS.includes(specifier)) loaded.add(specifier);
    return next(specifier, context);
  },
});

const { openStorage } = await import('../../../src/platform/storage/open-storage.ts');
const [dataDir = '', url = null] = process.argv.slice(2);
const storage = await openStorage({ url, dataDir });
console.log(JSON.stringify({ loaded: [...loaded], film: storage.locationOf('w/film.mp4') }));
await storage.close();
