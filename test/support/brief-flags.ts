/**
 * Flags of V8 for processes that live for seconds. Optimising the embedded database's WebAssembly anew in each takes half
 * of all that starting a server takes (7.6 seconds of CPU, 4.0 without), and its queries never are so many.
 */
export const BRIEF_FLAGS = ['--liftoff-only', '--max-semi-space-size=32'];
