/** Packets of subtitles as cues. Pure. */
import * as av from 'node-av/constants';

/** Codecs whose packets are texts. */
const TEXTS: readonly number[] = [
  av.AV_CODEC_ID_SUBRIP,
  av.AV_CODEC_ID_SRT,
  av.AV_CODEC_ID_TEXT,
  av.AV_CODEC_ID_WEBVTT,
  av.AV_CODEC_ID_MOV_TEXT,
  av.AV_CODEC_ID_ASS,
  av.AV_CODEC_ID_SSA,
];

export const isText = (codec: number): boolean => TEXTS.includes(codec);

/** Fields of a line of ASS in a Matroska file before its text: ReadOrder, Layer, Style, Name, margins, Effect. */
const ASS_FIELDS = 8;

/** The text of a packet, without the marks that are its codec's own; tags as SubRip has them may stay. */
export function textOfPacket(codec: number, data: Buffer): string {
  if (codec === av.AV_CODEC_ID_MOV_TEXT) return data.subarray(2, 2 + data.readUInt16BE(0)).toString();
  const text = data.toString();
  if (codec !== av.AV_CODEC_ID_ASS && codec !== av.AV_CODEC_ID_SSA) return text;
  const line = text.split(',').slice(ASS_FIELDS).join(',');
  // Of a drawing there is nothing to read.
  if (/\{[^}]*\\p[1-9]/.test(line)) return '';
  return line
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\\[Nn]/g, '\n')
    .replaceAll(String.raw`\h`, ' ');
}
