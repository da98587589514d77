import type { Demuxer } from 'node-av/api';
import * as av from 'node-av/constants';
import type { Stream } from 'node-av/lib';

/** The sound that a player plays unless told otherwise: the one marked so, or the first. */
export function defaultSound(media: Demuxer): Stream | undefined {
  const tracks = media.streams.filter(({ codecpar }) => codecpar.codecType === av.AVMEDIA_TYPE_AUDIO);
  return tracks.find(({ disposition }) => (disposition & av.AV_DISPOSITION_DEFAULT) !== 0) ?? tracks[0];
}
