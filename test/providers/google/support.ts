/** Calls of the Google provider in few words; a subject is a sentence that no other test has. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TranscriptRequest } from '../../../src/providers/capabilities/transcript.ts';
import type { GoogleProvider } from '../../../src/providers/google/index.ts';
import type { BoughtClip, ClipOrder, SubmitOptions } from '../../../src/providers/capabilities/clip.ts';
import type { StoryboardRequest } from '../../../src/providers/capabilities/storyboard.ts';
import type { ReferencePicture, SceneBrief } from '../../../src/providers/scene-brief.ts';
import { guardedAdapter } from '../../../src/providers/guarded-adapter.ts';
import { boughtClips } from '../../support/bought-clips.ts';
import { useFixture } from '../../support/fixture.ts';
import { freeReservation } from '../../support/free-reservation.ts';
import { googleAt } from '../../support/google-server/adapter.ts';
import {
  type GoogleServerProcess,
  type RecordedRequest,
  startGoogleServer,
  type Surface,
} from '../../support/google-server/start.ts';
import { makePicture } from '../../support/paid-provider/wares.ts';
import { temporaryFolder } from '../../support/temporary/folder.ts';
import { brief } from '../support/brief.ts';

const free = freeReservation('test');
const never = new AbortController().signal;

export type GoogleTest = Awaited<ReturnType<typeof openGoogleTest>>;

/** For a file of tests: one server for all of them. */
export const useGoogleTest = (): GoogleTest => useFixture(openGoogleTest, (google) => google.close());

/** Starts a server of its own. */
export async function openGoogleTest() {
  const server = await startGoogleServer();
  const directory = temporaryFolder('google');
  await server.settings({ operationMs: 0 });
  return {
    server,
    directory,
    customer: (surface: Surface, more?: Record<string, string>) =>
      customerOf(googleAt(server, surface, more), server, directory),
    async close() {
      await server.stop();
    },
  };
}

function customerOf(provider: GoogleProvider, server: GoogleServerProcess, directory: string) {
  const { STORYBOARD, KEYFRAME, CLIP: clips, TRANSCRIPT } = guardedAdapter(provider).capabilities;
  if (clips.kind !== 'OPERATION') throw new Error('Google has operations.');
  const at = (name: string) => path.join(directory, name);
  const frame = async (name: string) => {
    await writeFile(at(name), makePicture(name, { width: 320, height: 180 }));
    return at(name);
  };
  /** Mara, a baker, and her loaf. */
  const maraAndLoaf = async (): Promise<ReferencePicture[]> => [
    { name: 'Mara, the baker', kind: 'CHARACTER', file: await frame('mara.png') },
    { name: 'the loaf', kind: 'PRODUCT', file: await frame('loaf.png') },
  ];

  const orderOf = async (sentence: string, durationSeconds: number): Promise<ClipOrder> => ({
    scene: brief({ sceneDescription: sentence, videoMotionPrompt: `The camera rests: ${sentence}` }),
    startFrameFile: await frame('first.png'),
    endFrameFile: await frame('last.png'),
    durationSeconds,
  });

  return {
    provider,
    clips,
    frame,
    storyboard: (prompt: string, more: Partial<StoryboardRequest> = {}, signal = never) =>
      STORYBOARD.call(
        {
          prompt,
          style: 'noir',
          aspectRatio: '16:9',
          targetClipDuration: 4,
          targetDuration: null,
          maxScenes: 15,
          ...more,
        },
        free,
        { signal },
      ),
    /** Hears a sound in which this is said; as all that is brought, it is cleaned. */
    async hear(said: string, more: Partial<TranscriptRequest> = {}, signal = never) {
      const soundFile = at('said.m4a');
      await writeFile(soundFile, said);
      return TRANSCRIPT.call({ soundFile, durationSeconds: 60, ...more }, free, { signal });
    },
    async keyframe(
      sentence: string,
      position: 'START' | 'END' = 'START',
      signal = never,
      shown: ReferencePicture[] = [],
    ) {
      const scene = brief({
        startFramePrompt: `First frame: ${sentence}`,
        endFramePrompt: `Last frame: ${sentence}`,
      });
      const fromFile = position === 'END' ? await frame('start.png') : null;
      const toFile = at(`${position}-drawn.png`);
      const request = { scene, position, references: shown, fromFile, toFile };
      return KEYFRAME.call(request, free, { signal });
    },
    /** Buys a clip of four seconds; what the answer says. */
    async buy(sentence: string, options: Partial<SubmitOptions> = {}): Promise<BoughtClip> {
      return clips.submit(await orderOf(sentence, 4), free, { signal: never, ...options });
    },
    async clip(sentence: string, durationSeconds = 4, signal = never): Promise<string> {
      return (await clips.submit(await orderOf(sentence, durationSeconds), free, { signal })).operationName;
    },
    references: maraAndLoaf,
    /** Buys a clip from reference images. */
    async clipFromReferences(
      sentence: string,
      durationSeconds: number,
      more: Partial<SceneBrief> = {},
    ): Promise<string> {
      const words = { sceneDescription: sentence, videoMotionPrompt: `The camera rests: ${sentence}` };
      const scene = brief({ ...words, ...more });
      const order = { scene, references: await maraAndLoaf(), durationSeconds };
      return (await clips.submit(order, free, { signal: never })).operationName;
    },
    ...boughtClips(clips, at),
    /** The requests that were made meanwhile, word for word, without those for tokens. */
    async requestsOf(work: () => Promise<unknown>): Promise<RecordedRequest[]> {
      const before = (await server.requests()).length;
      await work();
      return (await server.requests()).slice(before).filter((request) => request.path !== '/token');
    },
  };
}
