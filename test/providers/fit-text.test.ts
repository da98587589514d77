import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STYLES } from '../../src/providers/animatic/art/recipe.ts';
import { type TextBlock, setCaption } from '../../src/providers/animatic/text/caption.ts';
import { fitText } from '../../src/providers/animatic/text/fit-text.ts';
import { createCanvas } from '@napi-rs/canvas';
import { SIZES, brief } from './support/brief.ts';

/** A face of which every grapheme is as wide as its size. */
const monospace = (text: string, fontSize: number) =>
  [...new Intl.Segmenter().segment(text)].length * fontSize;

const box = { width: 400, height: 120, largest: 40, smallest: 10, lineHeight: 1.2, maxLines: 6 };

const TEXTS = [
  'An old keeper climbs the stairs.',
  '夕暮れ、灯台守の老人は最後の階段をゆっくりと登り、ランプに火を灯す。',
  'في الليل يقف الحارس وحيدا أمام البحر وينتظر سفينة لن تعود.',
  'शाम को बूढ़ा प्रकाशस्तंभ रक्षक समुद्र को देखता है और दीपक जलाता है।',
  'Смотритель маяка медленно поднимается по лестнице.',
  'ผู้ดูแลประภาคารมองทะเลในยามค่ำคืน',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  'The crew waves 👋🏽 👨‍👩‍👧‍👦 and the stars ✨ answer!',
  'The heading — and a long story of what then happened to everybody '.repeat(9),
];

describe('text that is fitted', () => {
  test('is set as large as its box allows', () => {
    expect(fitText('Hi', box, monospace)).toEqual({ lines: ['Hi'], fontSize: 40 });
    expect(fitText('An old keeper climbs', box, monospace).fontSize).toBeLessThan(40);
  });

  test('breaks between words and leaves no last line of one short word', () => {
    const { lines } = fitText('one two three four', { ...box, largest: 30, width: 450 }, monospace);
    expect(lines).toEqual(['one two', 'three four']);
  });

  test('breaks a word only when it is longer than a line', () => {
    const { lines, fontSize } = fitText('x'.repeat(90), box, monospace);
    expect(lines.join('')).toBe('x'.repeat(90));
    expect(fontSize).toBeLessThan(box.largest / 2);
  });

  test('ends with an ellipsis when even the smallest size is too large', () => {
    const { lines } = fitText('word '.repeat(500), box, monospace);
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toMatch(/…$/);
  });

  test('is never wider or taller than its box, whatever it is', () => {
    const sizes = fc.record({
      width: fc.integer({ min: 60, max: 900 }),
      height: fc.integer({ min: 20, max: 300 }),
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'grapheme', maxLength: 400 })),
        sizes,
        (text, size) => {
          const { lines, fontSize } = fitText(text, { ...box, ...size }, monospace);
          for (const line of lines) expect(monospace(line, fontSize)).toBeLessThanOrEqual(size.width);
          expect((lines.length - 1) * fontSize * box.lineHeight).toBeLessThanOrEqual(size.height);
        },
      ),
    );
  });
});

describe('a caption', () => {
  test.each(TEXTS)('stays in its box in every style and shape: %s', { tags: 'long' }, (text) => {
    for (const style of STYLES) {
      for (const size of Object.values(SIZES)) {
        const caption = setCaption(
          brief({ sceneDescription: text, style }),
          style,
          'over-the-shoulder',
          size,
        );
        for (const block of caption.blocks) {
          expect(widestLine(block)).toBeLessThanOrEqual(caption.box.width - caption.padding * 2);
        }
        expect(caption.height).toBeLessThanOrEqual(caption.box.height + 0.5);
        expect(caption.box.x + caption.box.width).toBeLessThanOrEqual(size.width);
        expect(caption.box.y + caption.box.height).toBeLessThanOrEqual(size.height);
      }
    }
  });

  test('runs from right to left in Arabic', () => {
    const [english = '', , arabic = ''] = TEXTS;
    expect(runsRight(arabic)).toBe(true);
    expect(runsRight(english)).toBe(false);
  });
});

const runsRight = (sceneDescription: string) =>
  setCaption(brief({ sceneDescription }), 'cinematic', 'wide', SIZES['16:9']).rightToLeft;

function widestLine({ lines, fontSize, families }: TextBlock): number {
  const ctx = createCanvas(8, 8).getContext('2d');
  const widths = lines.map((line, index) => {
    ctx.font = `${fontSize}px ${families[index]}`;
    return ctx.measureText(line).width;
  });
  return Math.max(...widths);
}
