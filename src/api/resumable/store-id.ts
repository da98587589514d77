/** How tus knows the file of an upload: by its path below the folder that holds all uploads' folder, which is there. */
import path from 'node:path';
import { fileOf } from '../../features/ingests/upload/upload-folder.ts';
import type { Storage } from '../../platform/storage/storage.ts';

type Where = Pick<Storage, 'uploadsFolder'>;

export const aboveUploads = ({ uploadsFolder }: Where): string => path.dirname(uploadsFolder);

export const storeIdOf = (where: Where, id: string): string =>
  path.relative(aboveUploads(where), fileOf(where, id));

export const idOfStore = (storeId: string): string => path.basename(path.dirname(storeId));
