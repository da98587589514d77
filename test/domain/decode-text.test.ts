import { expect, test } from 'vitest';
import { decodeText } from '../../src/core/decode-text.ts';

const TEXT = '{"title": "Größe 🎬"}';
const swapped = () => Buffer.from(TEXT, 'utf16le').swap16();

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with its mark, as Notepad saves it', Buffer.from(`\uFEFF${TEXT}`)],
  [
    'UTF-16, as PowerShell redirects it',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, 'utf16le')]),
  ],
  ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped()])],
])('a text in %s is read', (_how, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});

test('what is no text is refused, not read as question marks', () => {
  expect(() => decodeText(Buffer.from('Größe', 'latin1'))).toThrow(TypeError);
});
