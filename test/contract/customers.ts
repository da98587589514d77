/** Who asks for each capability of a film, in words that the stand-in servers know it by. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CapabilityOf } from '../../src/providers/capabilities/capabilities.ts';
import type { CallOptions } from '../../src/providers/capabilities/capability.ts';
import type { ClipOrder, RemoteClips } from '../../src/providers/capabilities/clip.ts';
import type { MomentsRequest } from '../../src/providers/capabilities/moments.ts';
import { clipLengthsOf } from '../../src/providers/clip-length.ts';
import type { PaidCall } from '../../src/providers/paid-call.ts';
import type { Quote, Usage } from '../../src/providers/price.ts';
import type { Reservation } from '../../src/providers/reservation.ts';
import { brief } from '../providers/support/brief.ts';
import type { Call } from '../support/paid-provider/protocol.ts';
import { makePicture } from '../support/paid-provider/wares.ts';

/** What is asked for: its words are in no other order, its files in a folder of their own. */
export type Wish = { words: string; folder: string };

export type Customer<Offered> = {
  /** What the stand-in servers call the call that costs. */
  wire: Call;
  /** Whether the vendor may have begun what then failed. */
  begins?: boolean;
  /** A quote for everything that may make a difference. The first is that of what `buy` asks for. */
  quotes(offered: Offered): Quote[];
  /** Buys one. @returns what was used, as far as the vendor says. */
  buy(
    offered: Offered,
    wish: Wish,
    reservation: Reservation,
    options: CallOptions,
  ): Promise<{ usage: Usage | null }>;
  /** Buys one, and gives what is free to ask of it then; absent where it comes at once. */
  questions?(offered: Offered, wish: Wish, reservation: Reservation): Promise<Record<string, Question>>;
};

/** A call that costs nothing, and what the stand-in servers call it. */
export type Question = { wire: Call; ask: (signal?: AbortSignal) => Promise<unknown> };

export type Customers = { [Name in PaidCall]?: Customer<CapabilityOf[Name]> };

const SHAPE = { aspectRatio: '16:9', targetClipDuration: 4 } as const;
const never = new AbortController().signal;

async function pictureIn({ folder }: Wish, name: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, makePicture(name, { width: 320, height: 180 }));
  return file;
}

const sceneOf = ({ words }: Wish) =>
  brief({
    sceneDescription: words,
    startFramePrompt: `First frame: ${words}`,
    endFramePrompt: `Last frame: ${words}`,
    videoMotionPrompt: `The camera rests: ${words}`,
  });

const shortestOf = (clip: CapabilityOf['CLIP']): number => clipLengthsOf(clip, 'KEYFRAMES')[0] ?? 0;

export const filmCustomers: Customers = {
  STORYBOARD: {
    wire: 'STORYBOARD',
    quotes: ({ quote, styles: [style = ''] }) =>
      ['A fox wakes.', '文'.repeat(20_000)].flatMap((prompt) =>
        [undefined, { problem: 'It was cut off.', needsRoom: true }].map((before) =>
          quote({ ...SHAPE, prompt, style, targetDuration: null, maxScenes: 15, ...(before && { before }) }),
        ),
      ),
    buy: ({ call, styles: [style = ''] }, { words: prompt }, reservation, options) =>
      call({ ...SHAPE, prompt, style, targetDuration: null, maxScenes: 15 }, reservation, options),
  },
  KEYFRAME: {
    wire: 'KEYFRAME',
    quotes: ({ quote, maxReferences }) =>
      (['START', 'END'] as const).flatMap((position) =>
        [0, maxReferences].map((references) => quote({ position, aspectRatio: '16:9', references })),
      ),
    buy({ call }, wish, reservation, options) {
      const toFile = path.join(wish.folder, 'drawn.png');
      return call({ scene: sceneOf(wish), position: 'START', fromFile: null, toFile }, reservation, options);
    },
  },
  CLIP: {
    wire: 'SUBMIT',
    begins: true,
    quotes: (clip) =>
      (['KEYFRAMES', 'REFERENCE_IMAGES'] as const).flatMap((clipsFrom) =>
        clipLengthsOf(clip, clipsFrom).flatMap((durationSeconds) =>
          [true, false].map((sound) =>
            clip.quote({ durationSeconds, aspectRatio: '16:9', clipsFrom, sound }),
          ),
        ),
      ),
    async buy(clip, wish, reservation, options) {
      const order = await clipOrder(clip, wish);
      if (clip.kind === 'OPERATION') return untilFilmed(clip, order, reservation, options);
      await clip.render({ ...order, toFile: path.join(wish.folder, 'clip.mp4') }, options);
      return { usage: {} };
    },
    async questions(clip, wish, reservation) {
      if (clip.kind !== 'OPERATION') return {};
      const { operationName: name } = await clip.submit(await clipOrder(clip, wish), reservation, {
        signal: never,
      });
      return {
        poll: { wire: 'POLL', ask: (signal = never) => clip.poll(name, { signal }) },
        cancel: { wire: 'CANCEL', ask: (signal = never) => clip.cancel(name, { signal }) },
      };
    },
  },
};

/** Of who hears, too. A sound is its words here, as the stand-in for Google has it. */
export const googleCustomers: Customers = {
  ...filmCustomers,
  TRANSCRIPT: {
    wire: 'TRANSCRIPT',
    quotes: ({ quote, mostSeconds }) =>
      [60, 0.1, mostSeconds].map((durationSeconds) => quote({ durationSeconds })),
    async buy({ call }, { words, folder }, reservation, options) {
      const soundFile = path.join(folder, 'said.m4a');
      await writeFile(soundFile, words);
      const heard = await call({ soundFile, durationSeconds: 60 }, reservation, options);
      if (heard.text !== words) throw new Error(`"${heard.text}" was heard.`);
      return heard;
    },
  },
  MOMENTS: {
    wire: 'MOMENTS',
    quotes: ({ quote }) =>
      ['A fox wakes.', '文'.repeat(20_000)].flatMap((words) =>
        [false, true].map((needsRoom) => quote({ ...choiceOf(words), needsRoom })),
      ),
    buy: ({ call }, { words }, reservation, options) => call(choiceOf(words), reservation, options),
  },
};

const choiceOf = (words: string): MomentsRequest => ({
  rules: 'You choose parts of a talk.',
  question: 'Parts of 1 to 60 seconds: at least 1, at most 3.',
  sentences: `1 [4.0 s] ${words}`,
  schema: { type: 'object', properties: { moments: { type: 'array', items: { type: 'object' } } } },
  mostMoments: 3,
  temperature: null,
  topP: null,
  topK: null,
  needsRoom: false,
});

async function clipOrder(clip: CapabilityOf['CLIP'], wish: Wish) {
  const startFrameFile = await pictureIn(wish, 'first.png');
  const endFrameFile = await pictureIn(wish, 'last.png');
  return { scene: sceneOf(wish), durationSeconds: shortestOf(clip), startFrameFile, endFrameFile };
}

/** Where the vendor does not say what it used, it is the film's length. */
async function untilFilmed(
  clip: RemoteClips,
  order: ClipOrder,
  reservation: Reservation,
  options: CallOptions,
): Promise<{ usage: Usage | null }> {
  const { operationName, verdict } = await clip.submit(order, reservation, options);
  let told = verdict ?? (await clip.poll(operationName, options));
  while (told.verdict === 'STILL_WORKING') {
    await sleep(20);
    told = await clip.poll(operationName, options);
  }
  if (told.verdict !== 'FILM') throw new Error(`The clip ended as ${told.verdict}.`);
  return { usage: told.bill?.usage ?? { SECOND: order.durationSeconds } };
}
