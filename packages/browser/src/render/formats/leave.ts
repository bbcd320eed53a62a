const LEAVE_MS = 160;

/** Fades out, then calls back; at once for visitors who asked for less motion. */
export function leave(root: HTMLElement, onLeft: () => void): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden) {
    onLeft();
    return;
  }
  root
    .animate([{ opacity: 1 }, { opacity: 0 }], { duration: LEAVE_MS, fill: 'forwards' })
    .finished.then(onLeft, onLeft);
}
