/** Works for so long, or until memory is out. */
export default function burn({ milliseconds }: { milliseconds: number }): string {
  const from = performance.now();
  const kept: unknown[] = [];
  while (performance.now() - from < milliseconds) {
    if (milliseconds === Infinity) kept.push(Array.from({ length: 1_000 }, () => ({})));
  }
  return 'burnt';
}
