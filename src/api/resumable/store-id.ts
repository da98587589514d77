/** How tus knows the file of an upload: by its path below the folder that holds all uploads' folder, which is there. */
import path from 'node:path';
import { fileOf, type UploadsFolder } from '../../features/ingests/upload/upload-folder.ts';

type Where = UploadsFolder;

export const aboveUploads = ({ uploadsFolder }: Where): string => path.dirname(uploadsFolder);

export const storeIdOf = (where: Where, id: string): string =>
  path.relative(aboveUploads(where), fileOf(where, id));

export const idOfStore = (storeId: string): string => path.basename(path.dirname(storeId));
