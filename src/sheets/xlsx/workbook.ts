/** Which parts a workbook has. */
import path from 'node:path';
import { refused } from '../problem.ts';
import { type Archive, ARCHIVE_LIMITS } from './archive.ts';
import { localName, readAllXml } from './xml.ts';

export type WorkbookSheet = { name: string; isHidden: boolean; part: string };

export type Workbook = {
  sheets: WorkbookSheet[];
  /** Dates are counted from 1904. */
  isFrom1904: boolean;
  /** Names of parts; null where the workbook has none. */
  styles: string | null;
  texts: string | null;
};

type Relation = { id: string; type: string; part: string };

/** @throws {SheetRefused} FILE_HAS_MACROS, FORMAT_UNSUPPORTED, NOT_A_SHEET, FILE_DAMAGED. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  await refuseOthers(archive);
  const main = (await relationsOf(archive, '')).find(({ type }) => type === 'officeDocument')?.part;
  if (main === undefined) throw refused('FILE_DAMAGED', 'The workbook is damaged: it names no content.');
  const relations = await relationsOf(archive, main);
  const partOf = (wanted: string) =>
    relations.find(({ type, part }) => type === wanted && archive.has(part))?.part ?? null;
  const found = { sheets: [] as WorkbookSheet[], isFrom1904: false };
  await readAllXml(archive.text(main, ARCHIVE_LIMITS.partBytes), {
    open(name, attributes) {
      // LibreOffice writes "true".
      if (name === 'workbookPr') found.isFrom1904 = /^(1|true|on)$/i.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(
        ([key]) => key.includes(':') && localName(key) === 'id',
      )?.[1];
      // A sheet of charts has another type.
      const relation = relations.find((each) => each.id === id && each.type === 'worksheet');
      const isHidden = !['visible', undefined].includes(attributes['state']);
      if (relation) found.sheets.push({ name: attributes['name'] ?? '', isHidden, part: relation.part });
    },
  });
  return { ...found, styles: partOf('styles'), texts: partOf('sharedStrings') };
}

async function refuseOthers(archive: Archive): Promise<void> {
  const names = archive.names();
  if (!archive.has('[Content_Types].xml')) {
    if (archive.has('content.xml') && archive.has('mimetype'))
      throw refused('FORMAT_UNSUPPORTED', 'It is an OpenDocument file; save it as XLSX or CSV.');
    throw refused('NOT_A_SHEET', 'It is an archive, not a workbook.');
  }
  const types: string[] = [];
  await readAllXml(archive.text('[Content_Types].xml', ARCHIVE_LIMITS.partBytes), {
    open: (_name, { ContentType }) => void types.push(ContentType ?? ''),
  });
  if (
    names.some((name) => /vbaProject\.bin$/i.test(name)) ||
    types.some((type) => /macroEnabled/i.test(type))
  )
    throw refused('FILE_HAS_MACROS', 'The workbook has macros; save it as a workbook without (XLSX).');
  if (types.some((type) => /sheet\.binary/i.test(type)))
    throw refused('FORMAT_UNSUPPORTED', 'It is a binary workbook (XLSB); save it as XLSX.');
  if (!types.some((type) => /spreadsheetml/i.test(type)))
    throw refused('NOT_A_SHEET', 'It is an office document, not a workbook.');
}

/** What a part, or for '' the archive, refers to; types by the last word of their address, which two standards have in common. */
async function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const folder = path.posix.dirname(part);
  const file = path.posix.join(folder, '_rels', `${path.posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  await readAllXml(archive.text(file, ARCHIVE_LIMITS.partBytes), {
    open(name, { Id: id, Type, Target = '' }) {
      if (name !== 'Relationship' || id === undefined) return;
      const target = path.posix.join('/', Target.startsWith('/') ? '' : folder, Target).slice(1);
      relations.push({ id, type: path.posix.basename(Type ?? ''), part: target });
    },
  });
  return relations;
}
