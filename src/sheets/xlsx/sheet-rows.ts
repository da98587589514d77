/** The rows of a sheet's XML. */
import { LIMITS } from '../limits.ts';
import { problemAt } from '../problem.ts';
import type { RawRow } from '../sheet.ts';
import { tooManyColumns } from '../table-header.ts';
import { unescaped } from './escapes.ts';
import { RichText } from './shared-texts.ts';
import type { NumberDisplay } from './shown-number.ts';
import { GENERAL } from './styles.ts';
import { readXml, type XmlHandlers } from './xml.ts';

/** What cells only point at. */
export type CellContext = { texts: readonly string[]; formats: readonly string[]; numbers: NumberDisplay };

/** Rows that the sheet has, in batches. */
export async function* readSheetRows(
  xml: AsyncIterable<string>,
  context: CellContext,
): AsyncGenerator<RawRow[]> {
  const rows = new SheetRows(context);
  const reading = readXml(xml, rows);
  while (!(await reading.next()).done) yield rows.take();
}

type Cell = { type: string; format: string; index: number };

class SheetRows implements XmlHandlers {
  readonly #context: CellContext;
  #rows: RawRow[] = [];
  #row: RawRow = { rowNumber: 0, cells: [], problems: [] };
  #cell: Cell | null = null;
  #next = 0;
  readonly #inline = new RichText();
  #value = '';
  #formula: string | null = null;
  #isIn: 'v' | 'f' | null = null;

  constructor(context: CellContext) {
    this.#context = context;
  }

  take(): RawRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open = (name: string, attributes: Record<string, string>): void => {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (this.#cell === null) return;
    else if (name === 'v' || name === 'f') {
      this.#isIn = name;
      if (name === 'f') this.#formula = '';
    } else this.#inline.open(name);
  };

  text = (text: string): void => {
    if (this.#cell === null) return;
    if (this.#isIn === 'f') this.#formula = grown(this.#formula ?? '', text);
    else if (this.#isIn === 'v') this.#value = grown(this.#value, text);
    else this.#inline.add(text);
  };

  close = (name: string): void => {
    if (name === 'row') this.#rows.push(this.#row);
    else if (name === 'c') this.#closeCell();
    else if (name === 'v' || name === 'f') this.#isIn = null;
    else this.#inline.close(name);
  };

  /** Neither rows nor cells have to tell where they are. */
  #openRow({ r }: Record<string, string>): void {
    const told = Number(r);
    const rowNumber = Number.isSafeInteger(told) && told > 0 ? told : this.#row.rowNumber + 1;
    this.#row = { rowNumber, cells: [], problems: [] };
    this.#next = 0;
  }

  #openCell({ r, t, s }: Record<string, string>): void {
    const index = r === undefined ? this.#next : indexOf(r);
    this.#next = index + 1;
    this.#cell = { type: t ?? 'n', format: this.#context.formats[Number(s ?? 0)] ?? GENERAL, index };
    this.#value = '';
    this.#formula = null;
  }

  #closeCell(): void {
    const cell = this.#cell!;
    const text = this.#textOf(cell);
    this.#cell = null;
    if (text === '') return;
    const { cells, rowNumber } = this.#row;
    if (cell.index >= LIMITS.columns) throw tooManyColumns(rowNumber);
    while (cells.length < cell.index) cells.push('');
    cells[cell.index] = text;
  }

  #textOf({ type, format, index }: Cell): string {
    const inline = this.#inline.take();
    const value = this.#value;
    const place = { row: this.#row.rowNumber, column: index + 1 };
    if (type === 'inlineStr') return inline;
    if (value === '' && this.#formula !== null && type !== 'str') {
      const reason = 'The file keeps no result of this formula; open it in a spreadsheet and save it.';
      this.#row.problems.push(
        problemAt('FORMULA_WITHOUT_VALUE', reason, { ...place, value: `=${this.#formula}` }),
      );
      return '';
    }
    if (type === 's') return value === '' ? '' : (this.#context.texts[Number(value)] ?? '');
    if (type === 'b') return value === '' ? '' : value === '1' ? 'TRUE' : 'FALSE';
    if (type === 'e')
      this.#row.problems.push(problemAt('CELL_IS_ERROR', 'The cell shows an error.', { ...place, value }));
    if (type === 'n') return value === '' ? '' : this.#context.numbers.show(value, format);
    return unescaped(value);
  }
}

/** One that is too long is kept just so long that this is seen. */
const grown = (text: string, more: string): string => (text.length > LIMITS.cellUnits ? text : text + more);

/** Column of `BC12`, from 0. */
function indexOf(reference: string): number {
  let index = 0;
  for (const unit of reference) {
    const letter = unit.charCodeAt(0) - 64;
    if (letter < 1 || letter > 26) break;
    index = index * 26 + letter;
  }
  return Math.max(0, index - 1);
}
