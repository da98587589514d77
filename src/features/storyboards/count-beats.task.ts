import { beatsOf, readScript } from '../../script/read-script.ts';

/** Headed scenes or sentences that a prompt has. */
export default function countBeats({ prompt }: { prompt: string }): number {
  return beatsOf(readScript(prompt)).length;
}
