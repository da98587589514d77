/** Parts of a talk, chosen by their place: from the first sentence on, as many as may be, none over another. */
import type { Reply } from '../paid-provider/reply.ts';
import type { Used } from './charges.ts';
import { candidate, TRIP_WORDS, wordsOf } from './content.ts';
import type { ContentRequest } from './wire.ts';

/** A sentence as it is asked about. */
const LINE = /^(\d+) \[(\d+\.\d) s\] (.+)$/;

/** Whether a request asks for parts of a talk. */
export const wantsMoments = (request: ContentRequest): boolean =>
  (wordsOf(request).at(-1) ?? '').split('\n').every((line) => LINE.test(line));

export function momentsReply(request: ContentRequest, used: Used): Reply {
  const [question = '', talk = ''] = wordsOf(request);
  if (talk.includes(TRIP_WORDS.prose)) return candidate([{ text: 'There was no JSON in it.' }], used);
  const [, least = '0'] = /of (\d+(?:\.\d+)?) to/.exec(question) ?? [];
  const [, most = '1'] = /at most (\d+)/.exec(question) ?? [];
  const moments: object[] = [];
  let [first, seconds]: [string | null, number] = [null, 0];
  for (const line of talk.split('\n')) {
    const [, number = '', length = '', text = ''] = LINE.exec(line) ?? [];
    first ??= number;
    seconds += Number(length);
    if (seconds < Number(least) || moments.length === Number(most)) continue;
    const own = {
      first: Number(first),
      last: Number(number),
      title: text,
      score: 7,
      reason: `About ${text}`,
    };
    moments.push(own);
    [first, seconds] = [null, 0];
  }
  return candidate([{ text: JSON.stringify({ moments }) }], used);
}
