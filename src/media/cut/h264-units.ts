/** H.264's units of data (NAL units, ITU-R H.264 7.3.1), and the record that says how a track of them is decoded. Pure. */

const TYPE_BITS = 0b1_1111;
const IDR = 5;
const SEQUENCE_SET = 7;
const PICTURE_SET = 8;

/** Bytes of the length in front of a unit; the only one that encoders write. */
const LENGTH_BYTES = 4;

const typeOf = (unit: Buffer): number => (unit[0] ?? 0) & TYPE_BITS;

/** Whether decoding can begin here and nothing after it needs what was before. */
export const isIdr = (units: readonly Buffer[]): boolean => units.some((unit) => typeOf(unit) === IDR);

export const isParameterSet = (unit: Buffer): boolean => [SEQUENCE_SET, PICTURE_SET].includes(typeOf(unit));

/** Units of a packet as MP4 has them, each behind its length; null when the packet is none. */
export function splitMp4Units(packet: Buffer): Buffer[] | null {
  const units: Buffer[] = [];
  for (let at = 0; at < packet.length;) {
    if (at + LENGTH_BYTES > packet.length) return null;
    const begin = at + LENGTH_BYTES;
    at = begin + packet.readUInt32BE(at);
    if (at > packet.length) return null;
    units.push(packet.subarray(begin, at));
  }
  return units;
}

/** Units of a packet as encoders give them, each behind a start code. */
export function splitEncodedUnits(packet: Buffer): Buffer[] {
  const units: Buffer[] = [];
  let begin = -1;
  for (let code = packet.indexOf(START_CODE); code >= 0; code = packet.indexOf(START_CODE, begin)) {
    if (begin >= 0) units.push(withoutZeros(packet.subarray(begin, code)));
    begin = code + START_CODE.length;
  }
  if (begin >= 0) units.push(withoutZeros(packet.subarray(begin)));
  return units;
}

const START_CODE = Buffer.from([0, 0, 1]);

/** A unit never ends in a zero byte; those belong to the next start code. */
function withoutZeros(unit: Buffer): Buffer {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end -= 1;
  return unit.subarray(0, end);
}

/** A packet of such units as MP4 has it. */
export const joinMp4Units = (units: readonly Buffer[]): Buffer =>
  Buffer.concat(units.flatMap((unit) => [lengthOf(unit, LENGTH_BYTES), unit]));

function lengthOf(unit: Buffer, bytes: number): Buffer {
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(unit.length, 0, bytes);
  return length;
}

/** Parameter sets of a track. */
export type ParameterSets = { sequence: Buffer[]; picture: Buffer[] };

/** Those among a packet's units. */
export const setsIn = (units: readonly Buffer[]): ParameterSets => ({
  sequence: units.filter((unit) => typeOf(unit) === SEQUENCE_SET),
  picture: units.filter((unit) => typeOf(unit) === PICTURE_SET),
});

/** An MP4's record of how to decode it (avcC, ISO/IEC 14496-15 5.3.3.1); null where it is none, or unusual. */
export function readRecord(record: Buffer | null): ParameterSets | null {
  if (!record || record.length < 7 || record[0] !== 1 || ((record[4] ?? 0) & 3) + 1 !== LENGTH_BYTES)
    return null;
  const sequence = readSets(record, 6, (record[5] ?? 0) & TYPE_BITS);
  const picture = sequence && readSets(record, sequence.end + 1, record[sequence.end] ?? 0);
  return sequence && picture ? { sequence: sequence.sets, picture: picture.sets } : null;
}

function readSets(record: Buffer, from: number, count: number): { sets: Buffer[]; end: number } | null {
  const sets: Buffer[] = [];
  let at = from;
  for (let index = 0; index < count; index += 1) {
    if (at + 2 > record.length) return null;
    const end = at + 2 + record.readUInt16BE(at);
    if (end > record.length) return null;
    sets.push(record.subarray(at + 2, end));
    at = end;
  }
  return { sets, end: at };
}

/** The record of a track that uses any of these sets; profile and level are the first one's. */
export function writeRecord({ sequence, picture }: ParameterSets): Buffer {
  const [first] = sequence;
  if (!first) throw new RangeError('A track needs a sequence parameter set.');
  const head = Buffer.from([1, first[1] ?? 0, first[2] ?? 0, first[3] ?? 0, 0xff, 0xe0 | sequence.length]);
  const high = HIGH_PROFILES.includes(first[1] ?? 0) ? [PLAIN_HIGH] : [];
  return Buffer.concat([
    head,
    ...listed(sequence),
    Buffer.from([picture.length]),
    ...listed(picture),
    ...high,
  ]);
}

const listed = (sets: readonly Buffer[]): Buffer[] => sets.flatMap((set) => [lengthOf(set, 2), set]);

/** Profiles whose record ends with how colours are sampled: here 4:2:0 in 8 bits, and no more sets. */
const HIGH_PROFILES: readonly number[] = [100, 110, 122, 144];
const PLAIN_HIGH = Buffer.from([0xfd, 0xf8, 0xf8, 0]);

/** Bytes before the id: type, and in a sequence set profile, constraints and level. */
const ID_AT = { sequence: 4, picture: 1 };

/** A number that none of these sets has for its id. */
export function freeSetId({ sequence, picture }: ParameterSets): number {
  const taken = new Set([
    ...sequence.map((set) => readNumber(set, ID_AT.sequence)),
    ...picture.map((set) => readNumber(set, ID_AT.picture)),
  ]);
  let id = 1;
  while (taken.has(id)) id += 1;
  return id;
}

/** The number that stands at a byte, in Exp-Golomb code (ITU-R H.264 9.1). */
function readNumber(unit: Buffer, atByte: number): number {
  let bits = '';
  for (const byte of unit.subarray(atByte, atByte + 4)) bits += byte.toString(2).padStart(8, '0');
  const zeros = bits.indexOf('1');
  return zeros < 0 ? 0 : Number.parseInt(bits.slice(zeros, zeros * 2 + 1), 2) - 1;
}
