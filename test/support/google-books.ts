import type { GoogleFilm } from './google-film.ts';
import type { LedgerEntry } from './paid-provider/protocol.ts';

/** How a film's ledger differs from what Google charges for it, in a sentence; empty where it does not. */
export async function differenceOf(film: GoogleFilm, own: LedgerEntry[]): Promise<string[]> {
  const { settled, reserved, unknown } = await film.cost();
  const estimated = await film.estimated();
  const charged = own.reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0);
  const open = own.filter(({ isKnown }) => !isKnown);
  const names = own.flatMap(({ scenario }) => scenario ?? []).join(', ');
  const found = `${film.tag}: settled ${settled} of ${charged}, ${estimated} of it as estimates, unknown ${unknown} of ${open.length} calls, set aside ${reserved} (${names})`;
  // What nobody knows is UNKNOWN, or booked as an estimate and marked as one.
  const isOpen = unknown > 0 || estimated > 0;
  return settled - estimated === charged && isOpen === open.length > 0 && reserved === 0 ? [] : [found];
}
