import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeCsv } from '../src/sheets/csv/write-csv.ts';
import { temporaryFolder } from '../test/support/temporary/folder.ts';

const COLUMNS = ['Title', 'Text', 'Look', 'Shape', 'Seconds'];
const SENTENCE = 'A lighthouse wakes at dusk, and a ship finds its way home. ';
const LOOKS = ['cinematic', 'noir', 'watercolor'];

/** Writes a sheet of films, no two alike, whose prompts have about so many characters. @returns its path. */
export async function writeSheet(rows: number, characters: number): Promise<string> {
  const file = path.join(temporaryFolder('sheet'), 'films.csv');
  await pipeline(writeCsv(COLUMNS, cells(rows, characters)), createWriteStream(file));
  return file;
}

function* cells(rows: number, characters: number): Generator<string[]> {
  const text = SENTENCE.repeat(Math.ceil(characters / SENTENCE.length)).slice(0, characters);
  for (let index = 0; index < rows; index += 1)
    yield [
      `Film ${index}`,
      `It is day ${index}. ${text}`,
      LOOKS[index % 3]!,
      '16:9',
      String(4 + (index % 5)),
    ];
}
