import { serveChildJob } from '../../../src/media/child/main.ts';
import { readFrames } from '../../../src/media/read/read-frames.ts';
import type { ChangedBox } from './captions.ts';

/** More than encoding changes. */
const CHANGED = 40;

serveChildJob(async ({ before, after }: { before: string; after: string }): Promise<ChangedBox[]> => {
  const boxes: ChangedBox[] = [];
  const others = readFrames(after, 0);
  for await (const { frame, seconds } of readFrames(before, 0)) {
    const other = await others.next();
    if (other.done) break;
    boxes.push({
      seconds,
      ...boxOf(frame.toBuffer(), other.value.frame.toBuffer(), frame.width, frame.height),
    });
    frame.free();
    other.value.frame.free();
  }
  return boxes;
});

function boxOf(before: Buffer, after: Buffer, width: number, height: number) {
  const box = { left: width, right: 0, top: height, bottom: 0, pixels: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (Math.abs((before[y * width + x] ?? 0) - (after[y * width + x] ?? 0)) < CHANGED) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
      box.pixels += 1;
    }
  }
  return box;
}
