/** Gentler words for a scene that a safety filter refused. */
import type { Softening } from '../softening.ts';

/** What is added to a prompt, by how far it is softened. */
export const RULES_OF_SOFTENING: Readonly<Record<Softening, readonly string[]>> = {
  0: [],
  1: ['Suitable for all ages: no violence, blood or weapons. All people are adults and invented.'],
  2: [
    'Suitable for all ages: peaceful and calm, no violence, blood, weapons, danger or nudity. People are seen from afar or from behind; all are adults and invented. No brands, no real persons.',
  ],
};

/** Words that filters trip over, and what a film can show in their place. */
const GENTLER: readonly [words: RegExp, instead: string][] = [
  [/\b(kill|murder|slaughter|stab|shoot|strangle)(s|ed|ing)?\b/gi, 'confront$2'],
  [/\b(dead|dying|corpse|body|bodies)\b/gi, 'still figure'],
  [/\b(blood|gore)(y|ied)?\b/gi, 'red light'],
  [/\b(gun|pistol|rifle|knife|sword|weapon|bomb)s?\b/gi, 'prop'],
  [/\b(nude|naked|undressed)\b/gi, 'clothed'],
  [/\b(boy|girl|child|kid|teenager|baby)\b/gi, 'young adult'],
  [/\b(boys|girls|children|kids|teenagers|babies)\b/gi, 'young adults'],
];

/** A text with gentler words; as it is where nothing is to be softened. */
export const gentler = (text: string, softening: Softening): string =>
  softening === 0 ? text : GENTLER.reduce((softer, [words, instead]) => softer.replace(words, instead), text);
