/** What a telephone exchange says: recordings of Debian's asterisk-core-sounds-en-g722, with their words. */
import path from 'node:path';
import { Decoder, Demuxer } from 'node-av/api';
import { quietRoom, type Recording } from './recorded.ts';

/** As the package's own list has them, numbers and marks left out. */
const SAID: readonly (readonly [name: string, text: string])[] = [
  [
    'queue-youarenext',
    'your call is now first in line and will be answered by the next available representative',
  ],
  ['followme/status', 'the person you are calling is not at their desk i will try to locate them for you'],
  ['ss-noservice', 'the number you have dialed is not in service please check the number and try again'],
  [
    'demo-echotest',
    `you are about to enter an echo test in this mode everything you say will be repeated back to you just as soon as it is
     received the purpose of this test is to give you an audible sense of the latency between you and the machine that is running
     the echo test application you may end the test by hanging up or by pressing the pound key`,
  ],
  [
    'queue-periodic-announce',
    `all of our representatives are currently busy please stay on the line and your call will be answered by the next available
     representative`,
  ],
  [
    'tt-allbusy',
    `all representatives of the household are currently assisting other telemarketers please hold and your call will be answered in
     the order it was received`,
  ],
  ['confbridge-pin-bad', 'you have entered too many invalid personal identification numbers'],
];

/** The first prompts of a folder, each after half a second of a quiet room; all seven are a minute. */
export async function prompts(folder: string, most = SAID.length): Promise<Recording> {
  const samples: number[] = [];
  const words: string[] = [];
  for (const [name, text] of SAID.slice(0, most)) {
    samples.push(...quietRoom());
    await decode(path.join(folder, `${name}.g722`), samples);
    words.push(...text.split(/\s+/));
  }
  return { samples: Int16Array.from(samples), words };
}

/** G.722 is 16 kHz already. It has no head: nothing but its name tells what it is. */
async function decode(file: string, samples: number[]): Promise<void> {
  await using media = await Demuxer.open(file, { format: 'g722' });
  const stream = media.streams[0]!;
  using decoder = await Decoder.create(stream);
  for (const packet of media.packetsSync(stream.index)) {
    if (!packet) break;
    for (const frame of decoder.decodeAllSync(packet)) {
      const bytes = frame.toBuffer();
      for (let at = 0; at < frame.nbSamples * 2; at += 2) samples.push(bytes.readInt16LE(at));
      frame.free();
    }
    packet.free();
  }
}
