import { SingleBar } from 'cli-progress';

/** A bar on standard error that follows how much of a file was read; silent where that is no terminal. */
export function createByteBar(totalBytes: number): {
  add(bytes: number): void;
  stop(): void;
} {
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {eta_formatted} left',
    stream: process.stderr,
    etaBuffer: 50,
    hideCursor: true,
    clearOnComplete: false,
  });
  let isStarted = false;
  return {
    add(bytes) {
      if (!isStarted) {
        isStarted = true;
        bar.start(totalBytes, 0);
      }
      bar.increment(bytes);
    },
    stop() {
      bar.stop();
    },
  };
}
