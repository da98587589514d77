import type { Finding } from '../core/finding.ts';
import type { Provider } from '../generated/prisma/client.ts';
import type { CapabilityOf } from './capabilities/capabilities.ts';
import type { CallOptions } from './capabilities/capability.ts';
import type { PaidCall } from './paid-call.ts';

/** A vendor behind one face: what it can do, `Sure` of it for certain. */
export type ProviderAdapter<Sure extends PaidCall = never> = {
  name: Provider;
  /** For people. */
  label: string;
  capabilities: Partial<CapabilityOf> & Pick<CapabilityOf, Sure>;
  /** Looks whether it can work here: free, and never throws. Absent where there is nothing to look at. */
  check?(options: CallOptions): Promise<Finding[]>;
};

/** A vendor that makes whole films. */
export type FilmProvider = ProviderAdapter<'STORYBOARD' | 'KEYFRAME' | 'CLIP'>;
