import type { LocalClips, ProviderAdapter, RemoteClips } from './provider.ts';
import { type MeasuredCall, measureCall } from './provider-metrics.ts';

type Measure = <Result>(call: MeasuredCall, work: () => Promise<Result>) => Promise<Result>;

/** The same provider, whose calls are counted and timed. */
export function measuredAdapter(adapter: ProviderAdapter): ProviderAdapter {
  const measure: Measure = (call, work) => measureCall(adapter.name, call, work);
  return {
    ...adapter,
    writeStoryboard: (...order) => measure('storyboard', () => adapter.writeStoryboard(...order)),
    drawKeyframe: (...order) => measure('keyframe', () => adapter.drawKeyframe(...order)),
    clips: measuredClips(adapter.clips, measure),
  };
}

function measuredClips(clips: LocalClips | RemoteClips, measure: Measure): LocalClips | RemoteClips {
  if (clips.kind === 'LOCAL')
    return { ...clips, render: (...order) => measure('render', () => clips.render(...order)) };
  return {
    ...clips,
    submit: (...order) => measure('submit', () => clips.submit(...order)),
    poll: (...about) => measure('poll', () => clips.poll(...about)),
    download: (...about) => measure('download', () => clips.download(...about)),
    cancel: (...about) => measure('cancel', () => clips.cancel(...about)),
  };
}
