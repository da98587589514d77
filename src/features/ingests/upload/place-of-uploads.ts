import type { Ctx } from '../../../platform/context.ts';
import { blockPlace } from './block-place.ts';
import { folderPlace } from './folder-place.ts';
import type { UploadPlace } from './upload-place.ts';

/** On the disk that all share who keep their files in a folder; among the files where those are in a bucket. */
export const placeOfUploads = (ctx: Pick<Ctx, 'db' | 'storage'>): UploadPlace => {
  const { uploadsFolder } = ctx.storage;
  return uploadsFolder === null ? blockPlace(ctx) : folderPlace(ctx, { uploadsFolder });
};
