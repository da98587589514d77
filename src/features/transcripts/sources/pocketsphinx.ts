/** English as PocketSphinx hears it: a draft, where nothing better is to be had. */
import { hearEnglish } from '../../../media/speech/pocketsphinx/hear-english.ts';
import { findPocketSphinx, HOW_TO_INSTALL } from '../../../media/speech/pocketsphinx/installed.ts';
import { DRAFT_BELOW, UNFIT_BELOW } from '../trust.ts';
import { inOrder } from './aligned-words.ts';
import { isEnglish, type TranscriptSourceEntry } from './source.ts';
import { withSpeech } from './with-speech.ts';

export const pocketSphinxSource: TranscriptSourceEntry = {
  source: 'POCKETSPHINX',

  async whyNot(_ctx, { audioCodec }, language) {
    if (audioCodec === null) return 'The video has no sound.';
    if (language !== null && !isEnglish(language))
      return `PocketSphinx hears English alone, not ${language}; bring subtitles (createTranscript).`;
    return (await findPocketSphinx()) === null ? HOW_TO_INSTALL : null;
  },

  async hear(_ctx, request, { signal, onProgress }) {
    const sphinx = await findPocketSphinx();
    if (!sphinx) throw new Error(HOW_TO_INSTALL);
    const { language, video } = request;
    return withSpeech(request, signal, async ({ speechFile, spans }) => {
      const heard = await hearEnglish(sphinx, speechFile, spans, { signal, onProgress });
      const sure = heard.reduce((sum, { confidence }) => sum + confidence, 0) / heard.length;
      const confidence = heard.length === 0 ? null : sure;
      return {
        words: inOrder(
          heard.map(({ confidence: _confidence, ...word }) => word),
          video.durationSeconds,
        ),
        language: language ?? 'en',
        model: 'pocketsphinx en-us',
        confidence,
        isSpread: false,
        warnings: [
          ...(language === null ? ['Nobody said which language it is in: it was heard as English.'] : []),
          ...doubtsOf(confidence),
        ],
      };
    });
  },
};

function doubtsOf(confidence: number | null): string[] {
  if (confidence === null || confidence >= DRAFT_BELOW) return [];
  const share = `PocketSphinx is ${Math.round(confidence * 100)} % sure of its words`;
  return [
    confidence < UNFIT_BELOW
      ? `${share}: too little for captions; most may be wrong.`
      : `${share}: it is a draft, with many a wrong word.`,
  ];
}
