import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { type ReportProgress, serveChildJob } from '../child/main.ts';
import { type Look, readLook } from '../read/look.ts';
import { namingFile } from '../read/open-media.ts';
import { readFrames } from '../read/read-frames.ts';
import type { FoundFace, SeenFace, SeenFaces } from './face.ts';
import { FaceNet } from './face-net.ts';
import type { FacesJob } from './find-faces.ts';
import { lipsMove } from './lips.ts';
import { facesOf } from './picture-faces.ts';
import { type SmallPicture, smallSize } from './small-picture.ts';

serveChildJob((job: FacesJob, progress) => namingFile(job.file, () => lookForFaces(job, progress)));

/** Lips are compared with a picture so much later: in one of sixty a second they hardly move. */
const LIPS_SECONDS = 0.06;
/** Two times that were rounded in other ways are the same picture's. */
const SAME_PICTURE_SECONDS = 1 / 240;

/** A picture that was looked at, until a later one tells of the lips. */
type Looked = { seconds: number; picture: SmallPicture; faces: FoundFace[] };

async function lookForFaces(job: FacesJob, progress: ReportProgress): Promise<SeenFaces[]> {
  const net = await FaceNet.open();
  using toSmall = new ToSmall(await readLook(job.file, job.startSeconds));
  const seen: SeenFaces[] = [];
  let looked: Looked | null = null;
  let nextSeconds = job.startSeconds;
  let shot = -1;
  for await (const { frame, seconds } of readFrames(job.file, job.startSeconds)) {
    if (seconds >= job.endSeconds) {
      frame.free();
      break;
    }
    const isOther = shot !== (shot = shotAt(job.cuts, seconds));
    const isLater = looked !== null && seconds >= looked.seconds + LIPS_SECONDS;
    if (looked && (isOther || isLater)) {
      seen.push(seenIn(looked, isOther || !isChoice(looked) ? null : toSmall.draw(frame), toSmall));
      looked = null;
    }
    if (isOther || seconds >= nextSeconds - SAME_PICTURE_SECONDS) {
      if (looked) seen.push(seenIn(looked, null, toSmall));
      const picture = toSmall.draw(frame);
      looked = { seconds, picture, faces: facesOf(net, picture) };
      nextSeconds = seconds + job.everySeconds;
    }
    frame.free();
    progress((seconds - job.startSeconds) / (job.endSeconds - job.startSeconds));
  }
  if (looked) seen.push(seenIn(looked, null, toSmall));
  return seen;
}

/** Of one face alone it need not be known whether it speaks. */
const isChoice = ({ faces }: Looked): boolean => faces.length > 1;

const shotAt = (cuts: readonly number[], seconds: number): number =>
  cuts.findLastIndex((cut) => cut <= seconds + SAME_PICTURE_SECONDS);

function seenIn(
  { seconds, picture, faces }: Looked,
  later: SmallPicture | null,
  { width, height }: ToSmall,
): SeenFaces {
  return {
    seconds,
    faces: faces.map((face): SeenFace => {
      const lips = later && lipsMove(face, picture, later);
      return {
        x: rounded((face.x + face.width / 2) / width),
        y: rounded((face.y + face.height / 2) / height),
        width: rounded(face.width / width),
        height: rounded(face.height / height),
        score: rounded(face.score),
        lips: lips === null ? null : rounded(lips),
      };
    }),
  };
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Draws pictures small, upright and with square pixels. */
class ToSmall {
  readonly width: number;
  readonly height: number;
  readonly #filter: FilterAPI;

  constructor({ turn, aspect }: Look) {
    const { width, height } = smallSize(aspect);
    [this.width, this.height] = [width, height];
    this.#filter = FilterAPI.create(
      [...(turn ? [turn] : []), `scale=${width}:${height}:flags=area`, 'format=rgb24'].join(','),
    );
  }

  draw(frame: Frame): SmallPicture {
    const [small] = this.#filter.processAllSync(frame);
    if (!small) throw new Error('A picture could not be made small.');
    // A copy: the frame's memory is used again.
    const rgb = Uint8Array.from(small.toBuffer());
    small.free();
    return { width: this.width, height: this.height, rgb };
  }

  [Symbol.dispose](): void {
    this.#filter.close();
  }
}
