const tables = new Map<string, Map<string, number[]>>();

/** Text in an encoding that Node only reads. */
export function encode(text: string, label: string): Buffer {
  const table = tables.get(label) ?? tableOf(label);
  tables.set(label, table);
  return Buffer.from(Array.from(text).flatMap((character) => table.get(character)!));
}

/** The bytes of each character, by trying all, alone and in pairs. */
function tableOf(label: string): Map<string, number[]> {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(label);
  const add = (...bytes: number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes));
    if (Array.from(character).length === 1 && character !== '\ufffd' && !table.has(character))
      table.set(character, bytes);
  };
  for (let first = 0; first < 256; first += 1) add(first);
  if (label.startsWith('windows-')) return table;
  for (let first = 0x81; first < 0xff; first += 1)
    for (let second = 0x40; second < 0xff; second += 1) add(first, second);
  return table;
}
