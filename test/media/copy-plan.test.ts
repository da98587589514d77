/** Which pictures of a cut are copied: from its first keyframe to the last place that needs nothing after it. */
import { expect, test } from 'vitest';
import { planCopy } from '../../src/media/cut/copy-plan.ts';
import type { PacketHead, PictureTimes } from '../../src/media/cut/picture-times.ts';

/** Packets in decoding order, of pictures 10 ticks long; a capital letter is an IDR. */
function times(order: string, from: number, to: number): PictureTimes {
  const heads = order.split(' ').map((word, place): PacketHead => {
    const shownTick = Number.parseInt(word.slice(1), 10) * 10;
    const isIdr = word.startsWith('I');
    return {
      shownTick,
      decodeTick: place * 10 - 20,
      durationTicks: 10,
      isKeyframe: isIdr || word.startsWith('i'),
      isIdr,
      isHidden: false,
      ownSets: [],
    };
  });
  const shown = heads.map(({ shownTick }) => shownTick).filter((tick) => tick >= from * 10 && tick < to * 10);
  return {
    seekSeconds: 0,
    tickSeconds: 0.01,
    heldTick: null,
    heads,
    shown: shown.toSorted((a, b) => a - b),
    endTick: to * 10,
  };
}

/** Two closed groups, each with a P picture that B pictures before it need. */
const CLOSED = 'I0 p3 b1 b2 p4 I5 p8 b6 b7 p9';

test('all between two keyframes is copied', () => {
  expect(planCopy(times(CLOSED, 0, 5))).toEqual({
    head: { fromTick: 0, toTick: 0 },
    middle: { fromTick: 0, toTick: 50 },
    tail: { fromTick: 50, toTick: 50 },
    delayTicks: 20,
  });
});

test('what is before the first keyframe is encoded, and what needs a picture after the end', () => {
  // Pictures 6 and 7 need 8, which is not asked for.
  const plan = planCopy(times(`${CLOSED} I10 p11 p12 p13 p16 b14 b15`, 3, 16));
  expect(plan).toMatchObject({ head: { fromTick: 30, toTick: 50 }, middle: { fromTick: 50, toTick: 140 } });
  expect(plan?.tail).toEqual({ fromTick: 140, toTick: 160 });
});

test('pictures shown before the keyframe that they follow are not copied with it', () => {
  const plan = planCopy(times('I0 p1 I5 b3 b4 p6 p7 p8 p9', 0, 10));
  // The first group stands alone; at the second begin pictures that need what was before.
  expect(plan?.middle).toEqual({ fromTick: 0, toTick: 100 });
});

test('a keyframe that is no IDR is none to begin at', () => {
  expect(planCopy(times('i0 p1 p2 p3 i4 p5 p6 p7', 0, 8))).toBeNull();
});

test('a copy of less than half is not worth its joins', () => {
  expect(planCopy(times('I0 p1 p2 p3 p4 p5 I6 p7', 1, 8))).toBeNull();
  expect(planCopy(times('I0 p1 p2 I3 p4 p5 p6 p7', 1, 8))).not.toBeNull();
});
