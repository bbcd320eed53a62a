import { listen } from './listen.ts';
import type { StartWatching } from './watching.ts';

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'touchmove'];

/** Nothing moved for so many seconds, with the page in the foreground. */
export const watchSilence: StartWatching<'silence'> = ({ seconds }, onFired) => {
  let quietSeconds = 0;
  const stopListening = listen(document, INPUTS, () => {
    quietSeconds = 0;
  });
  const timer = setInterval(() => {
    quietSeconds = document.hidden ? 0 : quietSeconds + 1;
    if (quietSeconds >= seconds) {
      clearInterval(timer);
      onFired();
    }
  }, 1_000);
  return () => {
    stopListening();
    clearInterval(timer);
  };
};
