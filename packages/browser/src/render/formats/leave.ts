const LEAVE_MS = 160;

/** Fades out, then calls back; at once for visitors who asked for less motion or cannot see it. */
export function leave(root: HTMLElement, onLeft: () => void): void {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden;
  if (isStill || !root.isConnected) {
    onLeft();
    return;
  }
  root.animate([{ opacity: 1 }, { opacity: 0 }], { duration: LEAVE_MS, fill: 'forwards' });
  // A timer, not the animation's promise: that one waits as long as the tab draws nothing.
  setTimeout(onLeft, LEAVE_MS);
}
