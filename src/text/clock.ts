const padded = (value: number, digits = 2): string => String(value).padStart(digits, '0');

/** `01:02:03,400`, rounded to the millisecond. */
export function clock(seconds: number, separator: ',' | '.'): string {
  const all = Math.max(0, Math.round(seconds * 1_000));
  const minutes = Math.floor(all / 60_000);
  const time = [Math.floor(minutes / 60), minutes % 60, Math.floor(all / 1_000) % 60].map((part) =>
    padded(part),
  );
  return `${time.join(':')}${separator}${padded(all % 1_000, 3)}`;
}
