/** Characters that XML has not are written as `_x000D_` in workbooks; and so is what only looks like it. */
const ESCAPE = /_x([0-9a-f]{4})_/gi;

export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(ESCAPE, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** What XML has not, and half characters. Carriage returns it has, but readers turn them into line feeds. */
// oxlint-disable-next-line no-control-regex -- they are what it is about.
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text as it stands in a workbook's XML: what it cannot hold is left out. */
export const escaped = (text: string): string =>
  text
    .replaceAll(UNWRITABLE, '')
    .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replaceAll('\r', '_x000D_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
