import { serveChildJob } from '../child/main.ts';
import { requirePicture } from '../cut/picture-times.ts';
import { readLook } from './look.ts';
import { namingFile, openMedia } from './open-media.ts';
import type { UprightJob } from './upright.ts';
import { uprightSize } from './upright-size.ts';

serveChildJob(({ file }: UprightJob) =>
  namingFile(file, async () => {
    await using media = await openMedia(file);
    return uprightSize(requirePicture(media.video(), file), await readLook(file));
  }),
);
