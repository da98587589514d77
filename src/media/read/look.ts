import * as av from 'node-av/constants';
import { avGetPixFmtName, type Frame, type Stream } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { openMedia } from './open-media.ts';
import { readFrames } from './read-frames.ts';
import { turnOf } from './turn.ts';

/** How a film's pictures are to be shown; colours as ISO/IEC 23091-2 numbers them, guessed as players do where the file is silent. */
export type Look = {
  /** Filter that brings them upright; null where they are. */
  turn: string | null;
  /** Width by height, upright. */
  aspect: number;
  isInterlaced: boolean;
  /** Black is 0 and white 255, where films have 16 and 235. */
  isFullRange: boolean;
  primaries: number;
  transfer: number;
  matrix: number;
  /** 8 bits, 4:2:0. */
  isPlain: boolean;
};

/**
 * Looks at a film's picture at `atSeconds`, and at what its file says of all.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when there is no picture in it.
 */
export async function readLook(file: string, atSeconds = 0): Promise<Look> {
  await using media = await openMedia(file);
  const stream = media.video();
  for await (const { frame } of readFrames(file, atSeconds)) {
    const look = stream && lookOf(stream, frame);
    frame.free();
    if (look) return look;
  }
  throw new DomainError('MEDIA_FAILED', `${file}: there is no picture in it.`);
}

function lookOf(stream: Stream, frame: Frame): Look {
  const { codecpar } = stream;
  const isRgb = RGB_NAME.test(avGetPixFmtName(frame.format as av.AVPixelFormat) ?? '');
  const told = {
    primaries: toldOf(frame.colorPrimaries, codecpar.colorPrimaries),
    transfer: toldOf(frame.colorTrc, codecpar.colorTrc),
    matrix: isRgb ? av.AVCOL_SPC_RGB : toldOf(frame.colorSpace, codecpar.colorSpace),
  };
  const turn = turnOf(stream);
  return {
    turn,
    aspect: shownAspect(frame, turn),
    isInterlaced: frame.hasFlags(av.AV_FRAME_FLAG_INTERLACED),
    isFullRange: isRgb || frame.colorRange === av.AVCOL_RANGE_JPEG,
    ...guessed(told, frame),
    isPlain: frame.format === av.AV_PIX_FMT_YUV420P,
  };
}

/** Pixels may be wider than high, and a quarter turn changes sides. */
function shownAspect({ width, height, sampleAspectRatio: { num, den } }: Frame, turn: string | null): number {
  const pixel = num > 0 && den > 0 ? num / den : 1;
  const aspect = (width * pixel) / height;
  return turn?.startsWith('transpose') ? 1 / aspect : aspect;
}

/** FFmpeg's names of formats without a colour matrix. */
const RGB_NAME = /rgb|bgr|gbr/;

/** Numbers that tell nothing, the same of all three (and of pictures that are no RGB). */
const SILENT: readonly number[] = [av.AVCOL_PRI_RESERVED0, av.AVCOL_PRI_UNSPECIFIED, av.AVCOL_PRI_RESERVED];

/** Of pictures and their container, whichever tells. */
const toldOf = (frame: number, container: number): number =>
  [frame, container].find((value) => !SILENT.includes(value)) ?? av.AVCOL_PRI_UNSPECIFIED;

/** Taller or wider than this, pictures that do not say so are taken for high definition (as mpv does). */
const STANDARD_DEFINITION = { width: 1_279, height: 576 };

type Colours = Pick<Look, 'primaries' | 'transfer' | 'matrix'>;

const or = (value: number, guess: number) => (value === av.AVCOL_PRI_UNSPECIFIED ? guess : value);

function guessed({ primaries, transfer, matrix }: Colours, { width, height }: Frame): Colours {
  const isWide =
    HDR_TRANSFERS.includes(transfer) ||
    primaries === av.AVCOL_PRI_BT2020 ||
    matrix === av.AVCOL_SPC_BT2020_NCL;
  const isStandard = width <= STANDARD_DEFINITION.width && height <= STANDARD_DEFINITION.height;
  const narrowMatrix = isStandard ? av.AVCOL_SPC_SMPTE170M : av.AVCOL_SPC_BT709;
  return {
    primaries: or(primaries, isWide ? av.AVCOL_PRI_BT2020 : av.AVCOL_PRI_BT709),
    transfer: or(transfer, av.AVCOL_TRC_BT709),
    matrix: or(matrix, isWide ? av.AVCOL_SPC_BT2020_NCL : narrowMatrix),
  };
}

const HDR_TRANSFERS: readonly number[] = [av.AVCOL_TRC_SMPTE2084, av.AVCOL_TRC_ARIB_STD_B67];

/** Brighter than a screen's white: PQ or HLG. */
export const isHdr = ({ transfer }: Look): boolean => HDR_TRANSFERS.includes(transfer);

/** Shows like a film of ours, as it is. */
export const isFilmLike = (look: Look): boolean =>
  look.isPlain &&
  !look.isFullRange &&
  !look.isInterlaced &&
  look.turn === null &&
  look.primaries === av.AVCOL_PRI_BT709 &&
  look.matrix === av.AVCOL_SPC_BT709 &&
  // BT.601's curve is BT.709's.
  (look.transfer === av.AVCOL_TRC_BT709 || look.transfer === av.AVCOL_TRC_SMPTE170M);
