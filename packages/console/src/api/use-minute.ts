import { focusManager } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

function minuteNow(): number {
  return Math.floor(Date.now() / 60_000) * 60_000;
}

/**
 * The moment for which figures are asked, in whole minutes, so that who comes back to a page at once
 * asks the same. Holds still while the page is looked at; moves on when it is looked at again, as
 * that is when figures are loaded again.
 */
export function useMinute(): number {
  const [minute, setMinute] = useState(minuteNow);
  useEffect(
    () =>
      focusManager.subscribe((isFocused) => {
        if (isFocused) {
          setMinute(minuteNow());
        }
      }),
    [],
  );
  return minute;
}
