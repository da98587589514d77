import { expect, test } from 'vitest';
import { cuesOf, read, refusalOf } from './support/read.ts';

const ASS = `[Script Info]
Title: x
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not shown
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Ann,0,0,0,,{\\i1}Hello,{\\i0} you\\Nthere\\hnow
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0 100 100{\\p0}
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\k20}ka{\\k30}ra
Dialogue: 0,nonsense
`;

test('ASS: dialogue without tags, comments and drawings', async () => {
  const { kind, cues, warnings } = await read(ASS);
  expect(kind).toBe('ASS');
  expect(cues).toEqual([
    { startSeconds: 1, endSeconds: 2.5, text: 'Hello, you\nthere now' },
    { startSeconds: 5, endSeconds: 6, text: 'kara' },
  ]);
  expect(warnings).toMatchObject([{ code: 'TIME_DAMAGED', line: 15 }]);
});

test('SSA, whose events have a mark and no layer', async () => {
  const ssa =
    '[Events]\nFormat: Marked, Start, End, Text\nDialogue: Marked=0,0:00:01.00,0:00:02.00,Hi, all\n';
  expect(await cuesOf(ssa)).toEqual([[1, 2, 'Hi, all']]);
});

const ttml = (body: string, attributes = '') =>
  `<?xml version="1.0" encoding="utf-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" xml:lang="en" ${attributes}>
<head><metadata><x:y xmlns:x="urn:x">ignored</x:y></metadata></head><body><div>${body}</div></body></tt>`;

test.each([
  [
    'clock times',
    '<p begin="00:00:01.5" end="00:00:02.250">one<br/>two  <span tts:color="red">red</span>\n</p>',
    '',
    [[1.5, 2.25, 'one\ntwo red']],
  ],
  [
    'offsets',
    '<p begin="1.5s" dur="500ms">a</p><p begin="0.001h" end="1m">b</p>',
    '',
    [
      [1.5, 2, 'a'],
      [3.6, 60, 'b'],
    ],
  ],
  ['frames', '<p begin="00:00:01:15" end="50f">a</p>', 'ttp:frameRate="25"', [[1.6, 2, 'a']]],
  ['ticks', '<p begin="10000000t" end="20000000t">a</p>', 'ttp:tickRate="10000000"', [[1, 2, 'a']]],
  [
    'overlapping',
    '<p begin="1s" end="3s">a</p><p begin="2s" end="4s">b</p>',
    '',
    [
      [1, 3, 'a'],
      [2, 4, 'b'],
    ],
  ],
  [
    'spans with times',
    '<p><span begin="1s" end="2s">a</span><span begin="2s" end="3s">b</span></p>',
    '',
    [
      [1, 2, 'a'],
      [2, 3, 'b'],
    ],
  ],
  ['entities', '<p begin="1s" end="2s">a &amp; &lt;b&gt; &#x41;</p>', '', [[1, 2, 'a & <b> A']]],
] as const)('TTML with %s', async (_name, body, attributes, cues) => {
  const file = ttml(body, attributes);
  expect((await read(file)).kind).toBe('TTML');
  expect(await cuesOf(file)).toEqual(cues);
});

test('TTML whose division ends before its paragraphs do', async () => {
  const file = ttml('<p begin="1s">a</p>').replace('<div>', '<div begin="10s" end="15s">');
  expect(await cuesOf(file)).toEqual([[11, 15, 'a']]);
});

test.each([
  ['a document type', '<!DOCTYPE tt [<!ENTITY a "b">]><tt xmlns="http://www.w3.org/ns/ttml"/>', /DOCTYPE/],
  [
    'laughs',
    `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l "ha"><!ENTITY m "&l;&l;">]>${ttml('<p>&m;</p>')}`,
    /DOCTYPE|processing/i,
  ],
  ['a file of the machine', '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><tt/>', /DOCTYPE/],
  ['an entity that is none', ttml('<p begin="1s" end="2s">&nope;</p>'), /entity/],
  ['an element that is not closed', '<tt xmlns="http://www.w3.org/ns/ttml"><body>', /damaged/],
  ['a depth of thousands', ttml('<span>'.repeat(5_000)), /deep/],
])('TTML with %s is refused', async (_name, file, reason) => {
  expect(await refusalOf(file)).toMatchObject({
    code: 'FILE_DAMAGED',
    line: expect.any(Number),
    reason: expect.stringMatching(reason),
  });
});

test('SBV', async () => {
  const file = '0:00:01.000,0:00:02.000\none[br]more\n\n0:00:03.000,0:00:04.000\n>> two\nlines\n';
  expect((await read(file)).kind).toBe('SBV');
  expect(await cuesOf(file)).toEqual([
    [1, 2, 'one\nmore'],
    [3, 4, '>> two\nlines'],
  ]);
});

test('JSON3: segments are words where they have times; what is appended to a window is left out', async () => {
  const events = [
    { tStartMs: 0, dDurationMs: 9_000, id: 1, wpWinPosId: 1 },
    { tStartMs: 100, dDurationMs: 2_000, segs: [{ utf8: 'so' }, { utf8: ' today', tOffsetMs: 400 }] },
    { tStartMs: 1_500, dDurationMs: 600, aAppend: 1, segs: [{ utf8: '\n' }] },
    { tStartMs: 1_500, dDurationMs: 2_000, segs: [{ utf8: 'by hand' }] },
  ];
  const { kind, cues } = await read(JSON.stringify({ wireMagic: 'pb3', events }));
  expect(kind).toBe('JSON3');
  expect(cues).toEqual([
    {
      startSeconds: 0.1,
      endSeconds: 2.1,
      text: 'so today',
      words: [
        { word: 'so', startSeconds: 0.1, endSeconds: 0.5 },
        { word: 'today', startSeconds: 0.5, endSeconds: 1.75 },
      ],
    },
    { startSeconds: 1.5, endSeconds: 3.5, text: 'by hand' },
  ]);
});

const WORDS = [
  { word: 'Hi', start: 0.5, end: 0.7 },
  { word: 'there.', start: 0.8, end: 1.2 },
];
const TIMED = WORDS.map(({ word, start, end }) => ({ word, startSeconds: start, endSeconds: end }));

test.each([
  ['a list of segments', [{ start: 0.5, end: 1.5, text: 'Hi there.' }], undefined],
  [
    'what recognisers write',
    { language: 'en', segments: [{ start: 0.5, end: 1.5, text: ' Hi there.', words: WORDS }] },
    TIMED,
  ],
  ['words alone', { words: WORDS }, TIMED],
  ['a list of words', WORDS, TIMED],
])('JSON: %s', async (_name, value, words) => {
  const { kind, cues } = await read(JSON.stringify(value));
  expect([kind, cues.map(({ text }) => text)]).toEqual(['JSON', ['Hi there.']]);
  expect(cues[0]?.words).toEqual(words);
});

test.each([
  ['none', {}],
  ['no number', { start: 'NaN', end: 1 }],
  ['no end', { start: 0.7 }],
])('JSON: of words alone, one whose time is %s costs itself only, and is told', async (_name, times) => {
  const { cues, warnings } = await read(
    JSON.stringify({ words: [WORDS[0], { word: '1904', ...times }, WORDS[1]] }),
  );
  expect(cues.map(({ text, words }) => [text, words])).toEqual([['Hi there.', TIMED]]);
  expect(warnings).toMatchObject([{ code: 'TIME_DAMAGED', reason: expect.stringContaining('“1904”') }]);
});

test.each([
  ['', 'FILE_EMPTY', /nothing/],
  [' \n\n ', 'FILE_EMPTY', /nothing/],
  ['a letter to somebody', 'NOT_SUBTITLES', /SubRip/],
  ['{0}{25}Frames', 'NOT_SUBTITLES', /MicroDVD/],
  ['[00:12.00]La la', 'NOT_SUBTITLES', /LRC/],
  ['<!doctype html><p>404', 'NOT_SUBTITLES', /web page/],
  ['<SAMI><BODY>', 'NOT_SUBTITLES', /SAMI/],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 0, 0, 0, 1, 2, 3, 4]), 'NOT_SUBTITLES', /no text/],
  ['{"a": ', 'FILE_DAMAGED', /JSON/],
  ['{"a": 1}', 'CUES_MISSING', /no cue/],
  ['WEBVTT\n', 'CUES_MISSING', /no cue/],
  ['00:00:02,000 --> 00:00:01,000\nx', 'CUES_MISSING', /ends no later/],
  [Buffer.alloc(10_000_001, 'x'), 'FILE_TOO_LARGE', /10 MB/],
] as const)('%# is refused as %s', async (file, code, reason) => {
  expect(await refusalOf(file)).toMatchObject({ code, reason: expect.stringMatching(reason) });
});
