/** The edge: what a provider says goes through here before anything of it is kept. */
import { cleanJson, cleanText, LONGEST_MESSAGE } from '../core/outside-text.ts';
import type { ClipVerdict } from './clip-verdict.ts';
import type { Receipt } from './price.ts';
import type { LocalClips, ProviderAdapter, RemoteClips } from './provider.ts';

/** Longest name or address of a provider's, in UTF-16 units; ours, several times Google's longest. */
const LONGEST_NAME = 4_000;

/**
 * The same provider, whose texts every column takes; what it throws is clean by itself (`ProviderError`). Nothing of a
 * provider's is to reach the rest of the program another way.
 */
export const cleanAdapter = (adapter: ProviderAdapter): ProviderAdapter => ({
  ...adapter,
  async writeStoryboard(...order) {
    const { answer, cut = null, ...receipt } = await adapter.writeStoryboard(...order);
    const words = cut === null ? null : cleanText(cut, LONGEST_MESSAGE);
    return { ...receipt, ...cleanReceipt(receipt), answer: cleanJson(answer), cut: words };
  },
  async drawKeyframe(...order) {
    const drawn = await adapter.drawKeyframe(...order);
    return { ...drawn, ...cleanReceipt(drawn), promptUsed: cleanText(drawn.promptUsed) };
  },
  clips: cleanClips(adapter.clips),
});

const cleanName = (name: string): string => cleanText(name, LONGEST_NAME);

const cleanReceipt = ({ requestId }: Pick<Receipt, 'requestId'>) => ({
  requestId: requestId === null ? null : cleanName(requestId),
});

function cleanClips(clips: LocalClips | RemoteClips): LocalClips | RemoteClips {
  if (clips.kind === 'LOCAL') return clips;
  return {
    ...clips,
    async submit(order, reservation, options) {
      const { onNamed } = options;
      const { operationName, verdict, film, ...receipt } = await clips.submit(order, reservation, {
        ...options,
        ...(onNamed && { onNamed: (name) => onNamed(cleanName(name)) }),
      });
      const told = verdict && { verdict: cleanVerdict(verdict) };
      return {
        operationName: cleanName(operationName),
        ...told,
        ...(film && { film }),
        ...cleanReceipt(receipt),
      };
    },
    poll: async (...about) => cleanVerdict(await clips.poll(...about)),
  };
}

function cleanVerdict(told: ClipVerdict): ClipVerdict {
  if ('words' in told) return { ...told, words: cleanText(told.words, LONGEST_MESSAGE) };
  return 'uri' in told ? { ...told, uri: cleanName(told.uri) } : told;
}
