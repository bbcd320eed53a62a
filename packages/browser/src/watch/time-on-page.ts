import type { StartWatching } from './watching.ts';

/** Counts seconds in which the page is in the foreground; a tab left open in the back is not being read. */
export const watchTimeOnPage: StartWatching<'time_on_page'> = ({ seconds }, onFired) => {
  let visibleSeconds = 0;
  const timer = setInterval(() => {
    visibleSeconds += document.hidden ? 0 : 1;
    if (visibleSeconds >= seconds) {
      clearInterval(timer);
      onFired();
    }
  }, 1_000);
  return () => clearInterval(timer);
};
