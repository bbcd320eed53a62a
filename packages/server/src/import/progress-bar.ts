import { SingleBar } from 'cli-progress';
import type { ImportProgress } from './import-file.ts';

/** A bar on standard error that follows an import; silent where that is no terminal. */
export function createProgressBar(): {
  readonly onProgress: (progress: ImportProgress) => void;
  readonly stop: () => void;
} {
  const bar = new SingleBar({
    format:
      '{bar} {percentage} %  {accepted} events  {rejected} rejected  {speed}/s  {eta_formatted} left',
    stream: process.stderr,
    etaBuffer: 50,
    hideCursor: true,
    clearOnComplete: false,
  });
  let begun: { readonly atMs: number; readonly accepted: number } | undefined;
  return {
    onProgress({ bytes, totalBytes, accepted, rejected }) {
      if (begun === undefined) {
        begun = { atMs: Date.now(), accepted };
        bar.start(totalBytes, bytes, { accepted, rejected, speed: 0 });
      }
      const seconds = Math.max(1, (Date.now() - begun.atMs) / 1_000);
      const speed = Math.round((accepted - begun.accepted) / seconds);
      bar.update(bytes, { accepted, rejected, speed });
    },
    stop() {
      bar.stop();
    },
  };
}
