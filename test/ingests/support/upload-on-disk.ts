import { fileOf } from '../../../src/features/ingests/upload/upload-folder.ts';
import type { Storage } from '../../../src/platform/storage/storage.ts';

/** The file of an upload, where files are kept in a folder. */
export function uploadOnDisk({ uploadsFolder }: Pick<Storage, 'uploadsFolder'>, id: string): string {
  if (uploadsFolder === null) throw new Error('Uploads lie on no disk here.');
  return fileOf({ uploadsFolder }, id);
}
