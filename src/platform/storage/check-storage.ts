import { constants, existsSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import path from 'node:path';
import { type Finding, problem } from '../../core/finding.ts';
import { parseStorageUrl } from './storage-url.ts';

/** Below this a run is warned (DOMAIN, Rules). */
const LOW_DISK_BYTES = 2 * 1024 ** 3;

type Place = { dataDir: string; storageUrl: string | null };

/** Whether films can be kept and worked on: the data directory, the disk, and the bucket if there is one. Writes nothing. */
export async function checkStorage({ dataDir, storageUrl }: Place): Promise<Finding[]> {
  const address = storageUrl === null ? null : parseStorageUrl(storageUrl);
  const folder = address?.kind === 'LOCAL' ? address.directory : dataDir;
  const findings = [await checkFolder(folder), await checkDisk(dataDir)];
  if (address && address.kind !== 'LOCAL') findings.push(await checkBucket(address));
  return findings;
}

async function checkFolder(folder: string): Promise<Finding> {
  try {
    await access(existing(folder), constants.R_OK | constants.W_OK | constants.X_OK);
    return { name: 'files', state: 'OK', detail: `Films are kept in ${folder}.` };
  } catch (error) {
    const { detail } = problem('files', error);
    return {
      name: 'files',
      state: 'PROBLEM',
      detail: `${detail}; let this user write there, or set VIDPIPE_DATA_DIR.`,
    };
  }
}

async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(existing(folder));
  const free = bavail * bsize;
  const detail = `${(free / 1024 ** 3).toFixed(1)} GB free.`;
  if (free >= LOW_DISK_BYTES) return { name: 'disk', state: 'OK', detail };
  return { name: 'disk', state: 'WARNING', detail: `${detail} A film may need more; free some space.` };
}

async function checkBucket(
  address: Exclude<ReturnType<typeof parseStorageUrl>, null | { kind: 'LOCAL' }>,
): Promise<Finding> {
  try {
    const { BRIEF, openBucket } = await import('./bucket.ts');
    await (await openBucket(address)).list({ limit: 1, ...BRIEF });
    return { name: 'bucket', state: 'OK', detail: `${address.bucket} can be listed.` };
  } catch (error) {
    const { detail } = problem('bucket', error);
    const way = 'mend VIDPIPE_STORAGE_URL, the bucket or the credentials.';
    return { name: 'bucket', state: 'PROBLEM', detail: `${detail}; ${way}` };
  }
}

/** The folder, or the nearest one above it that is there: the first start makes the rest. */
const existing = (folder: string): string =>
  existsSync(folder) || path.dirname(folder) === folder ? folder : existing(path.dirname(folder));
