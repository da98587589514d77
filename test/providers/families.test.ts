/** Which faces set a caption's lines: one for each, wherever one has all of its characters. */
import { readFileSync } from 'node:fs';
import { create } from 'fontkitten';
import { describe, expect, test } from 'vitest';
import { STYLES, type Style } from '../../src/providers/animatic/art/recipe.ts';
import { setCaption } from '../../src/providers/animatic/text/caption.ts';
import { type Face, fileOf } from '../../src/media/fonts/faces.ts';
import { brief, SIZES } from './support/brief.ts';

type Line = { text: string; faces: Face[] };

/** Lines of a scene's words in a style, and the faces that each may be set in. */
const linesOf = (sceneDescription: string, style: Style = 'cinematic'): Line[] =>
  setCaption(brief({ sceneDescription, style }), style, 'wide', SIZES['16:9']).blocks.flatMap(
    ({ lines, families }) =>
      lines.map((text, index) => ({
        text,
        faces: [...(families[index] ?? '').matchAll(/"vp ([^"]+)"/g)].map(([, name]) => name as Face),
      })),
  );

/** Characters that the face's own file has no glyph for. */
function missing(face: Face | undefined, text: string): string[] {
  const font = face && create(readFileSync(fileOf(face)));
  if (!font || font.isCollection) throw new Error('A line has no face.');
  return Array.from(text).filter(
    (letter) => letter !== ' ' && !font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0),
  );
}

const WHOLE: [language: string, words: string, face: Face | null][] = [
  ['Chinese', '黄昏 — 黄昏时分，年迈的灯塔看守人缓缓登上最后的台阶，点亮了灯。他说：“别怕！”', 'XiaoWei'],
  ['Chinese with Latin letters and figures', '2026年，一艘名叫 Aurora 的船在暴风雨中迷失了方向……', 'XiaoWei'],
  [
    'Japanese',
    '夕暮れ — 夕暮れ、灯台守の老人は最後の階段をゆっくりと登り、「ランプ」に火を灯す。',
    'Zen Maru',
  ],
  [
    'Japanese under a heading in Han alone',
    '灯台 — 老人はゆっくりと階段を登る。2026年、AIの船。',
    'Zen Maru',
  ],
  ['Korean', '등대지기 — 늙은 등대지기가 마지막 계단을 천천히 오른다.', 'Nanum'],
  ['Arabic', 'في الليل يقف الحارس وحيدا أمام البحر، وينتظر 12 سفينة.', 'Arabic'],
  ['Russian', 'Маяк — Смотритель маяка медленно поднимается по лестнице.', null],
  ['Greek', 'Ο φύλακας του φάρου ανεβαίνει αργά τη σκάλα.', null],
  ['Vietnamese', 'Người gác hải đăng bước lên những bậc thang cuối cùng.', null],
];

describe.each(WHOLE)('a line in %s', (_language, words, face) => {
  test.each(STYLES)('is set in one face that has all of its characters, in %s', (style) => {
    const lines = linesOf(words, style);
    expect(lines.length).toBeGreaterThan(0);
    for (const { text, faces } of lines) {
      expect(faces).toEqual([face ?? faces[0]]);
      expect(missing(faces[0], text)).toEqual([]);
    }
  });
});

test('Latin letters keep the face of their style, beside Chinese ones too', () => {
  const [heading] = linesOf('AURORA — 一艘船在暴风雨中迷失了方向。', 'noir');
  expect(heading).toEqual({ text: 'AURORA', faces: ['Oswald'] });
});

test('where no face has all, the one that has the most comes first, and only in the lines that need it', () => {
  const calm = '一艘船在暴风雨中迷失了方向，看守人缓缓登上最后的台阶点亮了灯，然后坐下来等待天亮。'.repeat(3);
  const lines = linesOf(`${calm}✨`, 'cinematic');
  const [last, ...others] = lines.toReversed();
  expect(last?.faces.slice(0, 2)).toEqual(['XiaoWei', 'Zen Maru']);
  expect(last?.faces).toContain('Emoji');
  expect(others.length).toBeGreaterThan(0);
  for (const { faces } of others) expect(faces).toEqual(['XiaoWei']);
});
