/** What of a scene Google's safety filter refused, read from its words. Pure. */
import type { RefusedInput } from '../../generated/prisma/client.ts';
import type { SafetyRefusal } from '../clip-verdict.ts';

/**
 * Support codes of its filters for words, and for pictures or films (docs.cloud.google.com/vertex-ai, "Responsible AI and
 * usage guidelines" of Veo and of Imagen, as read in 2026-11).
 */
const OF_WORDS = new Set([
  '58061214',
  '29310472',
  '62263041',
  '57734940',
  '42876398',
  '92201652',
  '89371032',
  '90789179',
  '78610348',
  '61493863',
  '32635315',
]);
const OF_PICTURES = new Set([
  '17301594',
  '15236754',
  '42237218',
  '22137204',
  '29578790',
  '74803281',
  '39322892',
  '49114662',
  '72817394',
  '60599140',
  '63429089',
  '43188360',
  '56562880',
]);

const PICTURE_GIVEN = /input (image|frame)|photorealistic (children|people)/i;

/** Words that tell, and the first of them that does (Veo's responsible AI guide, 2026-10; public reports until 2026-10). */
const SIGNS: readonly [RefusedInput, RegExp][] = [
  ['SOUND', /\baudio\b/i],
  ['START_FRAME', /first (frame|image)/i],
  ['END_FRAME', /last (frame|image)/i],
  ['FRAMES', PICTURE_GIVEN],
];
/** Where no support code tells, either. */
const VAGUER_SIGNS: readonly [RefusedInput, RegExp][] = [
  ['RESULT', /generated video|could not generate \d+ videos?|filtered out/i],
  ['PROMPT', /prompt|input text|words|likeness|harmful content|input blocked/i],
  ['RESULT', /output|generated/i],
];

const signOf = (signs: typeof SIGNS, reason: string): RefusedInput | undefined =>
  signs.find(([, sign]) => sign.test(reason))?.[0];

/** What the codes in a reason are of: words first, for a picture is only looked at after them. */
function codedInput(reason: string): RefusedInput | undefined {
  const [, list = ''] = /support codes?:?\s*([\d,\s]+)/i.exec(reason) ?? [];
  const codes = list.split(/\D+/);
  if (codes.some((code) => OF_WORDS.has(code))) return 'PROMPT';
  return codes.some((code) => OF_PICTURES.has(code)) ? 'RESULT' : undefined;
}

/** What was refused, as far as the words and codes tell. */
export const refusedInputOf = (reason: string): RefusedInput =>
  signOf(SIGNS, reason) ?? codedInput(reason) ?? signOf(VAGUER_SIGNS, reason) ?? 'UNKNOWN';

/** The verdict on a clip that the filter refused in these words. */
export const refusedBySafety = (words: string): { verdict: 'REFUSED_BY_SAFETY' } & SafetyRefusal => ({
  verdict: 'REFUSED_BY_SAFETY',
  words,
  refusedInput: refusedInputOf(words),
});
