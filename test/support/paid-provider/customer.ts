import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { boughtClips } from '../bought-clips.ts';
import { freeReservation } from '../free-reservation.ts';
import { brief } from '../../providers/support/brief.ts';
import { paidProvider, type PaidProviderOptions } from './adapter.ts';

const free = freeReservation('customer');
const never = new AbortController().signal;

/** Calls the paid test provider directly, in few words; `subject` is a scene or a prompt that no other test has. */
export function customerOf(url: string, directory: string, options: PaidProviderOptions = {}) {
  const provider = paidProvider(url, options);
  const { STORYBOARD, KEYFRAME, CLIP: clips } = provider.capabilities;
  if (clips.kind !== 'OPERATION') throw new Error('The paid provider has operations.');
  const at = (name: string) => path.join(directory, name);

  const customer = {
    clips,
    storyboard: async (prompt: string, signal = never) => {
      const { answer } = await STORYBOARD.call(
        {
          prompt,
          style: 'cinematic',
          aspectRatio: '16:9',
          targetClipDuration: 1,
          targetDuration: null,
          maxScenes: 15,
        },
        free,
        { signal },
      );
      return answer;
    },
    keyframe: (subject: string, position: 'START' | 'END' = 'START', fromFile: string | null = null) =>
      KEYFRAME.call(
        { scene: brief({ sceneDescription: subject }), position, fromFile, toFile: at(`${position}.png`) },
        free,
        { signal: never },
      ),
    /** Buys a clip of a second; returns the operation's name. */
    async clip(subject: string, signal = never): Promise<string> {
      const [startFrameFile, endFrameFile] = [at('first.png'), at('last.png')];
      await Promise.all([writeFile(startFrameFile, 'first'), writeFile(endFrameFile, 'last')]);
      const scene = brief({ sceneDescription: subject });
      const request = { scene, startFrameFile, endFrameFile, durationSeconds: 1 };
      return (await clips.submit(request, free, { signal })).operationName;
    },
    ...boughtClips(clips, at),
    /** File of a finished clip, bought and downloaded. */
    async film(subject: string, name: string): Promise<string> {
      const operation = await customer.end(await customer.clip(subject));
      if (operation.verdict !== 'FILM') throw new Error(`The clip ended as ${operation.verdict}.`);
      await customer.download(operation.uri, name);
      return at(name);
    },
  };
  return customer;
}
