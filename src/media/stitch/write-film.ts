import type { Demuxer, Muxer } from 'node-av/api';
import * as av from 'node-av/constants';
import type { Stream } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { canCopySound, copySound } from './copy-sound.ts';
import { finishFilmFile, openFilmFile } from '../write/film-file.ts';
import type { Piece } from './film-pieces.ts';
import { joinPicture } from './join-picture.ts';
import { encodeSound, type SoundPlan } from './join-sound.ts';
import { muxInterleaved, type PacketSource } from '../write/mux-film.ts';
import { openMedia } from '../read/open-media.ts';
import { SoundEncoder } from '../write/sound-encoder.ts';
import type { StitchClip } from './stitch-clip.ts';

/** Writes the pieces of a film to `file`, with the clips' sound as planned. Only inside a media child. */
export async function writeFilm(
  file: string,
  pieces: readonly Piece[],
  clips: readonly StitchClip[],
  plan: SoundPlan,
  onShare: (share: number) => void,
): Promise<void> {
  const [first] = clips;
  if (!first) throw new DomainError('NOTHING_TO_STITCH', 'There is no clip to stitch.');

  // The muxer copies their parameters as late as at its first packet.
  await using pictureModel = await openMedia(first.pictureFile);
  await using soundModel = await openMedia(first.soundFile);
  const muxer = await openFilmFile(file, first.picture.timescale);
  const picture: PacketSource = {
    stream: muxer.addStream(tagged(requireStream(pictureModel.video(), first.pictureFile))),
    packets: joinPicture(pieces),
  };
  const sound = await openSound(muxer, clips, plan, soundModel);
  await muxInterleaved(muxer, [picture, sound], (seconds) => onShare(seconds / plan.durationSeconds));
  await finishFilmFile(muxer);
}

async function openSound(
  muxer: Muxer,
  clips: readonly StitchClip[],
  plan: SoundPlan,
  model: Demuxer,
): Promise<PacketSource> {
  const track = model.audio();
  if (track && plan.crossfadesSeconds.every((seconds) => seconds === 0) && canCopySound(clips)) {
    return { stream: muxer.addStream(track), packets: copySound(clips, plan) };
  }
  const encoder = await SoundEncoder.open();
  return { stream: muxer.addStream(encoder.encoder), packets: encodeSound(clips, plan, encoder) };
}

/** Says what is meant, so that no player guesses another. What is copied is BT.709, also where its own file is silent. */
function tagged(stream: Stream): Stream {
  stream.codecpar.colorRange = av.AVCOL_RANGE_MPEG;
  stream.codecpar.colorPrimaries = av.AVCOL_PRI_BT709;
  stream.codecpar.colorTrc = av.AVCOL_TRC_BT709;
  stream.codecpar.colorSpace = av.AVCOL_SPC_BT709;
  return stream;
}

function requireStream(stream: Stream | undefined, file: string): Stream {
  if (stream) return stream;
  throw new DomainError('MEDIA_FAILED', `${file}: there is no picture in it.`);
}
