import { Encoder, type FilterAPI } from 'node-av/api';
import * as av from 'node-av/constants';
import { Log } from 'node-av/lib';
import { AAC_BITRATE, ENCODER_THREADS, GOP_FRAMES, X264_OPTIONS } from './encoding.ts';

// Warnings would bury the one line of stderr that explains a failure.
Log.setLevel(av.AV_LOG_ERROR);

/** H.264 of the film profile; size, colours and frame rate come from the filter whose frames it gets. */
export const openPictureEncoder = (filter: FilterAPI): Promise<Encoder> =>
  Encoder.create(av.FF_ENCODER_LIBX264, {
    options: X264_OPTIONS,
    gopSize: GOP_FRAMES,
    threadCount: ENCODER_THREADS,
    filter,
  });

/** AAC-LC of the film profile, to be fed by `SoundFeed`. */
export const openSoundEncoder = (): Promise<Encoder> =>
  Encoder.create(av.FF_ENCODER_AAC, { bitrate: AAC_BITRATE });
