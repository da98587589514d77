/**
 * Keeps the machine's own fonts out, so that the same input gives the same picture on every machine.
 * @napi-rs/canvas reads the setting when it loads: call this before importing anything that draws.
 */
export function hideSystemFonts(): void {
  process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1';
}
